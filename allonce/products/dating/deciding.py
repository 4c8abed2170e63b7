"""Everything that people decide about members, by the kinds of their cases."""

from allonce.products.dating.comparing import SELFIE_KIND
from allonce.products.dating.complaints import COMPLAINT_KIND
from allonce.products.dating.conduct import CONDUCT_KIND
from allonce.products.dating.describing import WORDS_KIND
from allonce.products.dating.moderating import PHOTO_KIND
from allonce.products.dating.reading import REVIEW_KIND

KINDS = (PHOTO_KIND, SELFIE_KIND, WORDS_KIND, CONDUCT_KIND, REVIEW_KIND, COMPLAINT_KIND)
