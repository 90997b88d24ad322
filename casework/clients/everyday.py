"""Words that names and addresses share with ordinary Swedish, for whatever compares a text with them."""

# Words of an address that many addresses share.
GENERIC = frozenset(
    "gatan gata vägen väg gränd gränden torget torg plan stigen stig allén backen stora lilla norra södra östra västra"
    " gamla nya övre nedre inre yttre våning trappor port portkod lägenhet lgh hus box kod uppgång".split()
)
# Names that are also words, of which a text about strengths is full. They count only with a capital letter.
ORDINARY = frozenset(
    "alm asp ask bo berg björk björn bord dag dahl dal ek ed falk frid frisk glad gran gren hav hem hjort holm hope"
    " hopp kil klok lejon lilja lind ljung ljus lo lund lycka löv mark may min modig my mor ny näs orm rask ro ros"
    " rosa sala sand sjö skog skön sol stark sten stig strand ström sund tid tro trygg tur ung vik viola vår värn"
    " åker ö ör".split()
)
