"""Sign-in by phone number beside email, for django-allauth."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from loa.base import phones

from .models import Account


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_phone(self, user: Account) -> tuple[str, bool] | None:
        return (user.phone, True) if user.phone else None

    def set_phone(self, user: Account, phone: str, verified: bool) -> None:
        user.phone = phone
        user.save(update_fields=["phone"])

    def set_phone_verified(self, user: Account, phone: str) -> None:
        self.set_phone(user, phone, True)

    def get_user_by_phone(self, phone: str) -> Account | None:
        number = phones.normalise(phone)
        return Account.objects.filter(phone=number).first() if number else None

    def send_verification_code_sms(self, user: Account, phone: str, code: str, **kwargs: object) -> None:
        raise NotImplementedError
