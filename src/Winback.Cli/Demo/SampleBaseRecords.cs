namespace Winback.Cli.Demo;

/// <summary>Waiting does not occur in a first scan with open windows; it is what a due customer becomes after the first mail.</summary>
public enum Outcome { Due, Excluded, Waiting }

/// <summary>What must come out for one customer in one campaign.</summary>
/// <param name="Customer">The customer number in lower case, as numbers are compared.</param>
/// <param name="Step">The step that is due; null unless due.</param>
/// <param name="Reason">The word for the first reason that applies; null unless excluded.</param>
public sealed record Expectation(string Customer, string Campaign, Outcome Outcome, string? Step, string? Reason);

/// <param name="Address">In the form that mailboxes are compared in: trimmed, lower case.</param>
public sealed record DueRecipient(string Address, string Campaign, string Step);

/// <summary>A customer with everything the three files say about them, as written there.</summary>
/// <param name="Email">As the owner typed it: perhaps empty, broken, or with capitals and spaces around it.</param>
/// <param name="Permission">ja, nee or empty.</param>
/// <param name="Kind">The kind of <see cref="SampleBaseKinds"/> that this customer is one of.</param>
public sealed record SampleCustomer(
    string Number, string Name, string FirstName, string Email, string Phone, string Language, string Permission, string Kind,
    IReadOnlyList<SampleSale> Sales, IReadOnlyList<SampleSubscription> Subscriptions, IReadOnlyList<Expectation> Expected)
{
    /// <summary>The address in the form that mailboxes are compared in.</summary>
    public string Mailbox => Email.Trim().ToLowerInvariant();
}

/// <summary>One line of the till's export.</summary>
/// <param name="Customer">The number as the till wrote it, perhaps with another case than in the customer list.</param>
/// <param name="Amount">Euros; negative for a refund or a discount.</param>
public sealed record SampleSale(string Receipt, string Customer, DateOnly Day, decimal Amount, string Article);

/// <param name="Renewal">The first day not paid for.</param>
/// <param name="AutoRenew">yes, no or empty, which means no.</param>
public sealed record SampleSubscription(string Number, string Plan, DateOnly Start, DateOnly Renewal, string AutoRenew);
