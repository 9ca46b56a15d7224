from tests.e2e.profile import Profile


class Phone(Profile):
    pass
