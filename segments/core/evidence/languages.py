"""Names of languages as BCP 47 (RFC 5646) wants them: the shortest code of ISO 639."""

from __future__ import annotations

import re

_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
#: ISO 639-2 → 639-1, both kinds of three-letter codes, of languages that have subtitles.
_CODES = """
afr=af amh=am ara=ar aze=az bel=be ben=bn bos=bs bul=bg cat=ca ces=cs cze=cs cym=cy wel=cy dan=da deu=de ger=de
ell=el gre=el eng=en epo=eo est=et eus=eu baq=eu fas=fa per=fa fin=fi fra=fr fre=fr gle=ga glg=gl guj=gu hau=ha
heb=he hin=hi hrv=hr hun=hu hye=hy arm=hy ibo=ig ind=id isl=is ice=is ita=it jav=jv jpn=ja kan=kn kat=ka geo=ka
kaz=kk khm=km kor=ko kur=ku lao=lo lat=la lav=lv lit=lt ltz=lb mal=ml mar=mr mkd=mk mac=mk mlt=mt mon=mn mri=mi
mao=mi msa=ms may=ms mya=my bur=my nep=ne nld=nl dut=nl nob=nb nno=nn nor=no pan=pa pol=pl por=pt pus=ps ron=ro
rum=ro rus=ru sin=si slk=sk slo=sk slv=sl som=so spa=es sqi=sq alb=sq srp=sr swa=sw swe=sv tam=ta tel=te tgl=tl
tha=th tur=tr ukr=uk urd=ur uzb=uz vie=vi yid=yi yor=yo zho=zh chi=zh zul=zu
"""
_SHORT = dict(pair.split("=") for pair in _CODES.split())
#: What files write when they do not know.
_UNKNOWN = {"und", "mis", "mul", "zxx", "unk"}


def bcp47(code: str | None) -> str:
    """`ger` → `de`; "" for what is no code or says that nobody knows."""
    if not code or not _TAG.fullmatch(code):
        return ""
    main, dash, rest = code.partition("-")
    main = main.lower()
    return "" if main in _UNKNOWN else f"{_SHORT.get(main, main)}{dash}{rest}"
