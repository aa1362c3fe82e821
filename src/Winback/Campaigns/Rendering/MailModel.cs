namespace Winback.Campaigns.Rendering;

/// <summary>
/// Everything a mail may say about one customer; a template reaches nothing else. All texts are data: whatever stands in them is shown literally.
/// <see cref="MailPlaceholders"/> gives the names that templates use.
/// </summary>
/// <param name="AwayMonths">Whole calendar months since the last visit; 0 when it is less than one or there was none.</param>
public sealed record MailModel(
    MessageClass Class,
    MailCustomer Customer,
    MailBusiness Business,
    int AwayMonths,
    MailOffer? Offer,
    MailSubscription? Subscription,
    MailLinks Links)
{
    /// <summary>Null when there was no visit, or only a booking for a later day.</summary>
    public DateOnly? LastVisit { get; init; }

    /// <summary>0 when there was none.</summary>
    public int Visits { get; init; }

    /// <summary>What is new at the business, in the mail's language: one or more sentences; null when the campaign has none.</summary>
    public string? News { get; init; }

    /// <summary>What a friend signed up for; null in a mail to a customer.</summary>
    public MailInvitation? Invitation { get; init; }
}

/// <param name="FirstName">Null or blank when unknown: many lists have no first names.</param>
/// <param name="Name">The whole name; null or blank when unknown.</param>
public sealed record MailCustomer(string? FirstName, string? Name);

/// <param name="PostalAddress">Obliged in every mail; line ends become commas.</param>
public sealed record MailBusiness(string Name, string PostalAddress, Uri? Website, string? Phone)
{
    public MailColours Colours { get; init; } = MailColours.Default;

    /// <summary>https; null for the name in letters.</summary>
    public Uri? LogoUrl { get; init; }

    /// <summary>ISO 4217.</summary>
    public string Currency { get; init; } = "EUR";
}

/// <param name="Text">What is offered, in the mail's language, in the form it has inside a sentence: "een driegangenmenu voor € 29,50".</param>
/// <param name="Evenings">The days on which it may be used; at least one.</param>
/// <param name="Code">The coupon of this one customer.</param>
/// <param name="ValidUntil">The last day on which the code works.</param>
public sealed record MailOffer(string Text, IReadOnlyList<DayOfWeek> Evenings, string Code, DateOnly ValidUntil);

/// <param name="RenewalDate">The first day not paid for.</param>
/// <param name="DaysLeft">Calendar days from today to the renewal date; 1 or more.</param>
public sealed record MailSubscription(string Plan, DateOnly RenewalDate, int DaysLeft);

/// <summary>What a friend signed up for. Nothing that was filled in: whoever did that may be somebody else.</summary>
/// <param name="Referrer">The first name of the customer who invites; null when it is not to be said.</param>
/// <param name="Reward">What the friend gets: "€ 10"; null for nothing.</param>
/// <param name="RefundDays">Whole days in which a purchase can be given back; 0 for none.</param>
/// <param name="ValidDays">Whole days in which the friend has to buy.</param>
/// <param name="Confirm">The page to say: yes, that was me.</param>
public sealed record MailInvitation(string? Referrer, string? Reward, int RefundDays, int ValidDays, Uri Confirm);

/// <summary>The signed links of this one mail: absolute http or https addresses.</summary>
/// <param name="Pages">Null in a mail to somebody who is no customer.</param>
/// <param name="ReturnUrl">Where the customer comes back: books a table, renews.</param>
/// <param name="ReferralUrl">For the customer to pass on: where a friend signs up.</param>
/// <param name="ReferralCode">What a friend mentions, so that we know who sent him.</param>
public sealed record MailLinks(Uri Unsubscribe, MailPages? Pages, Uri? ReturnUrl, Uri? ReferralUrl, string? ReferralCode)
{
    /// <summary>Where the customer sees what came of the friends they referred.</summary>
    public Uri? MyReferralsUrl { get; init; }
}

/// <summary>The pages on which the reader answers with a click; a mail to a customer has them all.</summary>
/// <param name="Reason">Why they stayed away.</param>
/// <param name="ComeBack">That they would like to come back.</param>
/// <param name="Call">That they want to be called.</param>
/// <param name="Preferences">How often we may write, in which language, or not at all.</param>
public sealed record MailPages(Uri Reason, Uri ComeBack, Uri Call, Uri Preferences)
{
    /// <summary>The page of reasons with one of them chosen already: <c>forgot</c>, <c>dissatisfied</c> or <c>situation-changed</c>.</summary>
    public Uri ReasonOf(string reason) => new($"{Reason.AbsoluteUri}?reason={reason}");
}
