using System.Globalization;
using Winback.Customers.Import;

namespace Winback.Cli.Commands;

/// <summary>The fields of a row as they were understood, to be shown.</summary>
internal static class ImportedRowText
{
    public static string Show(this ImportedRow row, ImportField field) => (row, field) switch
    {
        (_, ImportField.Customer) => row.Customer.Value,
        (CustomerRow c, _) => Of(c, field),
        (PurchaseRow { Purchase: var p }, ImportField.Date) => p.At is { } at ? Text($"{at:yyyy-MM-dd HH:mm}") : Day(p.Day),
        (PurchaseRow { Purchase: var p }, ImportField.Amount) => p.Amount.ToString(),
        (PurchaseRow { Purchase: var p }, ImportField.Order) => p.OrderNumber,
        (PurchaseRow { Purchase: var p }, ImportField.Product) => p.Product,
        (SubscriptionRow { Subscription: var s }, ImportField.Subscription) => s.Number,
        (SubscriptionRow { Subscription: var s }, ImportField.Plan) => s.Plan,
        (SubscriptionRow { Subscription: var s }, ImportField.Start) => Day(s.Start),
        (SubscriptionRow { Subscription: var s }, ImportField.Renewal) => Day(s.RenewalDate),
        (SubscriptionRow { Subscription: var s }, ImportField.AutoRenew) => Yes(s.AutoRenews),
        _ => null,
    } ?? "";

    private static string? Of(CustomerRow row, ImportField field) => field switch
    {
        ImportField.Name => row.Name,
        ImportField.FirstName => row.FirstName,
        ImportField.Email => row.Email,
        ImportField.Phone => row.Phone,
        ImportField.Language => row.Language,
        ImportField.AccountManager => row.AccountManager,
        ImportField.Permission => row.Permission is { } yes ? Yes(yes) : null,
        _ => null,
    };

    private static string Day(DateOnly day) => Text($"{day:yyyy-MM-dd}");

    private static string Yes(bool yes) => yes ? "yes" : "no";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
