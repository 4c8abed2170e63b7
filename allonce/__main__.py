from allonce.project.cli import main

main()
