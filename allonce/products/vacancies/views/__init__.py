"""Pages of vacancies, one file for whoever they are for."""
