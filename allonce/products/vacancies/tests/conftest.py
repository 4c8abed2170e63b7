import pytest

from allonce.kernel.accounts.tests import people
from allonce.kernel.accounts.tests.people import Inhabitant
from allonce.products.vacancies.models import Vacancy
from allonce.products.vacancies.tests.scene import make_vacancy


@pytest.fixture
def sam(db: None) -> Inhabitant:
    return people.staff()


@pytest.fixture
def vacancy(db: None) -> Vacancy:
    return make_vacancy()
