"""What leaves the house: papers, workbooks, bundles. It is handed what it needs and never opens the store."""
