"""The one API of the installation, assembled from the routers of rooms and products."""

from ninja import NinjaAPI

from allonce.kernel.accounts.devices.api import router as devices_router
from allonce.kernel.errors.ninja import install
from allonce.products.catalogue.api import router as catalogue_router
from allonce.products.chat.api import router as chat_router
from allonce.products.chat.provisioning.api import router as provisioning_router
from allonce.products.quoting.api import router as quoting_router

MOBILE = "/mobile/v1"
CHAT = "/chat/v1"

api = NinjaAPI(title="Allonce", version="1", docs_url=None, urls_namespace="api")
install(api)
api.add_router(MOBILE, devices_router)
api.add_router(MOBILE, catalogue_router)
api.add_router(MOBILE, quoting_router)
api.add_router(CHAT, chat_router)
api.add_router(CHAT, provisioning_router)
