from allonce.kernel.privacy.processors.regions import COUNTRIES, EEA_COUNTRIES


def test_every_country_has_a_name() -> None:
    assert len(COUNTRIES) > 230
    assert COUNTRIES.keys() >= EEA_COUNTRIES
    assert not [name for name in COUNTRIES.values() if not name[0].isalpha()]
