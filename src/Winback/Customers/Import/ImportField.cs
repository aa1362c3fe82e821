namespace Winback.Customers.Import;

/// <summary>What a column can mean.</summary>
public enum ImportField
{
    Customer, Name, FirstName, Email, Phone, Language, Permission, AccountManager,
    Date, Amount, Order, Product,
    Subscription, Plan, Start, Renewal, AutoRenew,
}

/// <summary>A field with the name --map uses for it and the column names it is known by, in Dutch and English.</summary>
/// <param name="Heading">A column name that means this field and no other.</param>
/// <param name="Repeats">Whether several columns may hold it: the first usable one counts.</param>
/// <param name="Required">Whether a file without this column is refused.</param>
/// <param name="Synonyms">Compared as <see cref="Columns.Key"/> writes them: case, spaces, hyphens and accents do not count.</param>
public sealed record KnownField(ImportField Field, string Name, string Heading, bool Repeats, bool Required, IReadOnlyList<string> Synonyms)
{
    private static readonly KnownField Customer = Known(ImportField.Customer, "customer", true,
        "klantnummer, klantnr, klant id, klantcode, customer number, customer no, customer nr, customer id, customer code, customer, " +
        "relatienummer, relatienr, debiteurnummer, debiteurennummer, lidnummer, member number, member id, client number, client id");

    private static readonly KnownField[] Customers =
    [
        Customer,
        Known(ImportField.Name, "name", false, "naam, name, volledige naam, full name, klantnaam, customer name"),
        Known(ImportField.FirstName, "first-name", false, "voornaam, first name, given name, roepnaam"),
        Known(ImportField.Email, "email", false,
            "e-mail, email, e-mailadres, email address, mail, mailadres, e-mail 1, e-mail 2, e-mail 3, e-mailadres 1, e-mailadres 2, e-mailadres 3, " +
            "email address 1, email address 2, e-mail privé, e-mail zakelijk, e-mail werk, e-mail thuis, privé e-mail, zakelijk e-mail, " +
            "personal email, private email, work email, home email, business email, billing email"),
        Known(ImportField.Phone, "phone", false, "telefoon, telefoonnummer, tel, phone, phone number, telephone"),
        Known(ImportField.Language, "language", false, "taal, taalcode, language, lang, locale"),
        Known(ImportField.Permission, "permission", false,
            "toestemming, permission, opt-in, email opt-in, nieuwsbrief, newsletter, mailing, consent, marketing consent, accepts marketing, accepts email marketing"),
        Known(ImportField.AccountManager, "account-manager", false,
            "accountmanager, account manager, relatiebeheerder, contactpersoon intern, e-mail accountmanager, account manager email, account owner email"),
    ];

    private static readonly KnownField[] Purchases =
    [
        Customer,
        Known(ImportField.Date, "date", true,
            "datum, date, orderdatum, order date, aankoopdatum, purchase date, besteldatum, factuurdatum, invoice date, bondatum, " +
            "transactiedatum, transaction date, verkoopdatum, sale date, bezoekdatum, visit date, " +
            "boekdatum, datum tijd, datum en tijd, date time"),
        Known(ImportField.Amount, "amount", true,
            "bedrag, amount, totaal, total, totaalbedrag, total amount, orderbedrag, order total, omzet, revenue, prijs, price, bedrag incl btw, " +
            "totaal incl btw, bedrag eur, totaal eur, amount eur, total eur"),
        Known(ImportField.Order, "order", false,
            "ordernummer, ordernr, order, order number, order no, order id, bestelnummer, bonnummer, bonnr, bon, receipt, receipt number, " +
            "factuurnummer, factuurnr, invoice number, transactienummer, transaction id"),
        Known(ImportField.Product, "product", false,
            "product, productnaam, product name, artikel, artikelnaam, omschrijving, description, item, dienst, behandeling"),
    ];

    // "einddatum" is taken as the first day not paid for, as a renewal date is; docs and help say so, because some exports mean the last paid day.
    private static readonly KnownField[] Subscriptions =
    [
        Customer,
        Known(ImportField.Subscription, "subscription", false,
            "abonnementsnummer, abonnementnummer, abonnementsnr, abonnement id, subscription number, subscription no, subscription id, " +
            "lidmaatschapsnummer, membership number, contractnummer, contract number",
            heading: "subscription number"),
        Known(ImportField.Plan, "plan", false,
            "abonnement, abonnementsvorm, abonnementstype, soort abonnement, type abonnement, plan, plan name, subscription, lidmaatschap, membership"),
        Known(ImportField.Start, "start", true, "startdatum, ingangsdatum, begindatum, start date, start, begin date"),
        Known(ImportField.Renewal, "renewal", true,
            "verlengdatum, renewal date, renewal, renews on, einddatum, end date, vervaldatum, verloopdatum, verloopt, verloopt op, " +
            "expires, expires on, expiry date, expiration date"),
        Known(ImportField.AutoRenew, "auto-renew", false,
            "automatisch verlengen, automatische verlenging, auto renew, auto renewal, auto renews, automatic renewal"),
    ];

    public static IReadOnlyList<KnownField> Of(ImportKind kind) => kind switch
    {
        ImportKind.Customers => Customers,
        ImportKind.Purchases => Purchases,
        ImportKind.Subscriptions => Subscriptions,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <param name="name">The field's own name, or one of the column names that mean it.</param>
    public static KnownField? Find(string name, ImportKind kind) =>
        Of(kind).FirstOrDefault(f => Columns.Key(f.Name) == Columns.Key(name)) ?? Of(kind).FirstOrDefault(f => f.Synonyms.Contains(Columns.Key(name)));

    /// <summary>The fields of a kind, for a message.</summary>
    public static string Names(ImportKind kind) => string.Join(", ", Of(kind).Select(f => f.Name));

    private static KnownField Known(ImportField field, string name, bool required, string synonyms, string? heading = null) =>
        new(field, name, heading ?? name, Repeats: field == ImportField.Email, required, [.. synonyms.Split(", ").Select(Columns.Key).Distinct()]);
}
