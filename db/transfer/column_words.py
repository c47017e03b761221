"""Words that name columns of a file: folded, without punctuation, separated by `|`."""

from collections.abc import Mapping


def _table(entries: Mapping[str, str]) -> dict[str, str]:
    return {word.strip(): key for key, words in entries.items() for word in words.split("|")}


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


CLIENT_WORDS = _table(
    {
        "name": "имя|имя или название|фио|ф и о|фамилия имя отчество|фамилия имя|фамилия и имя"
        "|имя и фамилия|имя клиента|фио клиента|клиент|клиенты|заказчик|покупатель"
        "|контрагент|контрагенты|наименование|название|наименование контрагента"
        "|краткое наименование|организация"
        "|компания|название компании|name|client|client name|customer|customer name|contact name"
        "|display name|company|company name|organization|organisation",
        "last_name": "фамилия|last name|surname|family name",
        "first_name": "first name|given name",
        "middle_name": "отчество|middle name|patronymic",
        "kind": "вид|вид клиента|тип клиента|вид контрагента|kind|client kind|client type",
        "phone": "телефон|телефоны|тел|моб|моб тел|моб телефон|тел моб|мобильный|мобильный телефон"
        "|номер|номер телефона|сотовый|сотовый телефон|контактный телефон|рабочий телефон"
        "|домашний телефон|телефон рабочий|телефон мобильный|phone|phones|phone number|mobile"
        "|mobile phone|cell|cell phone|tel|telephone",
        "email": "e mail|email|e mails|mail|почта|эл почта|электронная почта|эл адрес|имейл|емейл"
        "|мейл|адрес электронной почты|email address|e mail address",
        "messenger": "мессенджер|мессенджеры|telegram|телеграм|whatsapp|ватсап|вотсап|viber|вайбер"
        "|вк|vk|max|messenger|messengers",
        "birthday": "день рождения|др|д р|дата рождения|д рождения|рождение|родился|birthday"
        "|birth date|birthdate|date of birth|dob|born",
        "address": "адрес|адрес клиента|фактический адрес|юридический адрес|почтовый адрес"
        "|адрес доставки|address|street address",
        "region": "регион|город|область|край|населенный пункт|регион город|region|city|town|state",
        "source": "источник|откуда узнал|откуда узнали|откуда|канал|источник клиента|source|channel"
        "|lead source",
        "target_group": "целевая группа|группа|группа клиентов|сегмент рынка|отрасль|target group"
        "|industry",
        "warmth": "теплота|степень теплоты|готовность к покупке|warmth|temperature",
        "responsible": "менеджер|ответственный|ответственный менеджер|мастер|продавец|сотрудник"
        "|куратор|responsible|manager|owner|account manager|master",
        "tags": "метки|теги|тэги|ярлыки|tags|labels",
        "job": "задача клиента|работа клиента|для чего нанимает|client s job|client job"
        "|job to be done",
        "full_name": "полное наименование|полное название|юридическое название"
        "|юридическое наименование|full name|legal name|full company name",
        "inn": "инн|инн контрагента|inn|tax id|tin|taxpayer id",
        "kpp": "кпп|kpp",
        "ogrn": "огрн|огрнип|огрн огрнип|ogrn",
        "contact_person": "контактное лицо|контактные лица|контакт|контактное лицо контрагента"
        "|представитель|contact person|contact persons|contact",
        "consent": "согласие|согласие на рассылку|согласие на сообщения|consent"
        "|consent to messages",
        "consent_on": "дата согласия|date of consent|consent date",
        "do_not_contact": "не беспокоить|не звонить|не писать|do not contact|do not call",
        "share_of_wallet": "покупает в месяц|покупает в месяц в нашей категории"
        "|закупки в месяц|покупки в месяц в нашей категории|объем закупок в месяц|purchases a month"
        "|purchases a month in our category|share of wallet",
        "share_of_wallet_on": "покупает в месяц на дату|покупки в месяц на дату"
        "|purchases a month as of",
        "cycle_by_hand": "ритм заданный вручную дней|ритм вручную дней|ритм дней"
        "|цикл вручную дней|цикл дней|cycle set by hand days|cycle days",
        "note": "примечание|примечания|заметка|заметки|комментарий|комментарии|описание"
        "|доп информация|дополнительно|note|notes|comment|comments|description|remarks",
        "discount": "скидка|скидка процент|процент скидки|персональная скидка|discount"
        "|discount percent",
        "deferred": "отсрочка|отсрочка дней|отсрочка платежа|отсрочка платежа дней|дней отсрочки"
        "|deferred payment|deferred payment days|payment delay|payment terms days",
        "credit": "лимит кредита|кредитный лимит|лимит задолженности|сумма кредита|credit"
        "|credit limit",
    }
)

PURCHASE_WORDS = _table(
    {
        "client": "клиент|контрагент|покупатель|заказчик|фио|ф и о|фио клиента|имя|имя клиента"
        "|наименование контрагента|организация|компания|наименование|client|client name|customer"
        "|customer name|customer id|client id|name|buyer|company",
        "inn": "инн|инн контрагента|инн покупателя|инн клиента|inn|tax id|tin",
        "phone": "телефон|тел|моб|моб тел|мобильный|мобильный телефон|номер телефона"
        "|телефон клиента|phone|phone number|mobile|tel",
        "email": "e mail|email|mail|почта|эл почта|электронная почта",
        "day": "дата|дата покупки|дата продажи|дата визита|дата заказа|дата документа|день|когда"
        "|date|purchase date|sale date|order date|day|visit date",
        "amount": "сумма|сумма покупки|сумма продажи|сумма чека|сумма заказа|стоимость|итого"
        "|выручка|оплачено|чек|сумма руб|сумма с ндс|amount|sum|total|revenue|price|order total"
        "|paid",
        "cost": "себестоимость|себест|сумма себестоимости|закупочная стоимость|закупка|затраты|cost"
        "|cost price|cogs",
        "product": "номенклатура|товар|услуга|товар услуга|товар или услуга|товары|услуги|продукт"
        "|product or service|наименование товара|наименование услуги|product|service|item"
        "|goods|product name",
        "channel": "канал|источник|канал продаж|источник продажи|источник заказа|channel|source"
        "|sales channel",
        "responsible": "менеджер|ответственный|продавец|мастер|сотрудник|кассир|manager|responsible"
        "|seller|master|employee",
        "note": "примечание|комментарий|заметка|note|comment",
    }
)

PRODUCT_WORDS = _table(
    {
        "name": "наименование|название|номенклатура|товар|услуга|товар услуга|товар или услуга"
        "|продукт|product or service|name|product"
        "|service|item|product name",
        "unit": "ед|ед изм|единица|единица измерения|unit|units|uom",
        "price": "цена|цена продажи|розничная цена|прайс|стоимость|price|retail price",
        "cost": "себестоимость|себест|закупка|закупочная цена|цена закупки|cost|cost price"
        "|purchase price",
        "usual_cycle_days": "ритм|ритм дней|обычный ритм дней|обычный ритм|цикл дней|срок дней"
        "|цикл|обычный цикл|обычный цикл дней|usual cycle|usual cycle days|cycle days",
    }
)

# Own fields that trade presets bring along, in whatever language the base was made.
PRESET_WORDS = _table(
    {
        "last_haircut": "дата последней стрижки|последняя стрижка|date of the last haircut"
        "|last haircut",
        "relatives": "родственники|контакты родственников|родственники контакты|relatives"
        "|relatives contacts",
        "dye": "краска рецепт|краска|рецепт|краска или рецепт|dye recipe|dye or recipe|dye|recipe",
    }
)

# A heading may hold one of these beside the word it is known by: "Контактный телефон клиента".
FILLERS = _words(
    "клиента клиентов контрагента покупателя заказчика основной дополнительный доп второй личный"
    " контактный контактные мобильный мобильные моб сотовый рабочий домашний номер адрес"
    " client clients customer main second other home work mobile number primary personal"
    " дд мм гггг г dd mm yyyy руб rub"
)
# What may follow a heading of money.
CURRENCY = "руб|рублей|rub|р"
# The last name in a column of its own makes a bare "Имя" the first name.
FIRST_NAME_BESIDE_LAST = frozenset({"имя", "name"})

# Alone, or with numbers, they make a line of totals; the sure ones also with words behind them.
TOTALS = frozenset({"итог", "total", "grand total", "subtotal", "сумма итого"})
SURE_TOTALS = frozenset({"итого", "всего"})
# A client with one of these in the name is a company.
LEGAL_FORMS = _words(
    "ооо оао зао пао ао нао ип кфх тоо чп пк снт тсж гуп муп мбу мбоу гбу фгуп фгбу ано нко чоу"
    " ltd llc inc corp gmbh plc"
)
KIND_WORDS = {
    "person": "person", "человек": "person", "физлицо": "person", "физ лицо": "person",
    "физическое лицо": "person", "частное лицо": "person", "частник": "person", "фл": "person",
    "individual": "person",
    "company": "company", "компания": "company", "юрлицо": "company", "юр лицо": "company",
    "юридическое лицо": "company", "организация": "company", "фирма": "company", "юл": "company",
    "ип": "company", "индивидуальный предприниматель": "company", "organization": "company",
}  # fmt: skip
WARMTH_WORDS = {
    "cold": "cold", "холодный": "cold", "холодная": "cold",
    "warm": "warm", "теплый": "warm", "теплая": "warm",
    "hot": "hot", "горячий": "hot", "горячая": "hot",
}  # fmt: skip
