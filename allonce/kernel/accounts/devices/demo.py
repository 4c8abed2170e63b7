"""The demo shop's first User, and its key."""

from allonce.kernel.accounts.access import AccountAccess
from allonce.kernel.accounts.devices.services.users import UserDetails, add_user
from allonce.kernel.accounts.keys.demo_key import demo_key
from allonce.kernel.accounts.keys.services.making import set_up_key
from allonce.kernel.accounts.keys.services.wraps import current_key
from allonce.kernel.accounts.models import Account, Person, User
from allonce.kernel.accounts.models.organisations import Role
from allonce.kernel.audit import Actor


def load_users(shop: Account, owner: Person) -> None:
    """Add Amira and the key where they are missing; a second call changes nothing."""
    access = AccountAccess(shop, owner, Role.OWNER, Actor("person", owner.id))
    if not User.objects.filter(account=shop, user_id="AM").exists():
        add_user(access, UserDetails("AM", "Amira Malik", 1000))
    if current_key(shop.id) is None:
        set_up_key(access, demo_key(shop.id))
