namespace Winback.Customers.Import;

/// <summary>Makes rows of cells; says why where it cannot. Purchases get ordinal 0 here.</summary>
public sealed class RowReader(ImportOptions options, Columns columns, DecimalSign? sign)
{
    /// <summary>More than a table or a mail can sensibly hold in one field.</summary>
    public const int MaxTextLength = 1000;

    /// <summary>Both may become part of a storage key.</summary>
    public const int MaxKeyLength = 200;

    /// <returns>Null when the record cannot be read.</returns>
    /// <param name="reason">Why not, for the owner; null exactly when there is a row.</param>
    public ImportedRow? Read(SourceRecord record, out string? reason)
    {
        var customer = default(CustomerId);
        reason = record.Problem ?? TooLong(record.Cells);
        if (reason is not null || !CustomerId.TryParse(columns.Cell(record.Cells, ImportField.Customer), out customer, out reason)) return null;
        return options.Kind switch
        {
            ImportKind.Customers => ReadCustomer(customer, record.Cells, out reason),
            ImportKind.Purchases => ReadPurchase(customer, record.Cells, out reason),
            _ => ReadSubscription(customer, record.Cells, out reason),
        };
    }

    private CustomerRow? ReadCustomer(CustomerId customer, string[] cells, out string? reason)
    {
        if (!YesNo(cells, ImportField.Permission, "permission", out var permission, out reason)) return null;
        var manager = columns.Cell(cells, ImportField.AccountManager);
        if (manager is not null && !EmailAddress.TryParse(manager, out _, out _))
        {
            reason = "account-manager is not an e-mail address";
            return null;
        }
        return new CustomerRow(customer,
            columns.Cell(cells, ImportField.Name),
            columns.Cell(cells, ImportField.FirstName),
            Address(cells),
            columns.Cell(cells, ImportField.Phone),
            WordText.Language(columns.Cell(cells, ImportField.Language)),
            options.ByCustomerException ? true : columns.Has(ImportField.Permission) ? permission : null,
            options.ByCustomerException ? PermissionSource.CustomerException : PermissionSource.Column)
        {
            AccountManager = manager,
        };
    }

    /// <summary>Of several columns the first usable address; where none is, the first one, for the owner to correct.</summary>
    private string? Address(string[] cells)
    {
        var addresses = columns.Cells(cells, ImportField.Email).ToList();
        return addresses.Find(text => EmailAddress.TryParse(text, out _, out _)) ?? addresses.FirstOrDefault();
    }

    private PurchaseRow? ReadPurchase(CustomerId customer, string[] cells, out string? reason)
    {
        if (!DateText.TryParse(columns.Cell(cells, ImportField.Date), options.Zone, out var day, out var at, out reason)) return null;
        if (!AmountText.TryParse(columns.Cell(cells, ImportField.Amount), sign, out var amount, out reason)) return null;
        return new PurchaseRow(new Purchase(customer, day, at, amount,
            columns.Cell(cells, ImportField.Order), columns.Cell(cells, ImportField.Product), Ordinal: 0));
    }

    private SubscriptionRow? ReadSubscription(CustomerId customer, string[] cells, out string? reason)
    {
        if (!Date(cells, ImportField.Start, "start", out var start, out reason)) return null;
        if (!Date(cells, ImportField.Renewal, "renewal", out var renewal, out reason)) return null;
        if (!YesNo(cells, ImportField.AutoRenew, "auto-renew", out var autoRenews, out reason)) return null;
        var number = columns.Cell(cells, ImportField.Subscription);
        var plan = columns.Cell(cells, ImportField.Plan);
        if (number is null && plan is null)
            reason = "the row has neither a plan nor a subscription number";
        else if (renewal < start)
            reason = $"the renewal date {renewal:yyyy-MM-dd} is before the start date {start:yyyy-MM-dd}";
        if (reason is not null) return null;
        return new SubscriptionRow(customer,
            new Subscription(number ?? Subscription.NumberFrom(plan!, start), plan ?? "", start, renewal, autoRenews));
    }

    private bool Date(string[] cells, ImportField field, string name, out DateOnly day, out string? reason)
    {
        var read = DateText.TryParse(columns.Cell(cells, field), options.Zone, out day, out _, out reason);
        if (!read) reason = $"{name}: {reason}";
        return read;
    }

    private bool YesNo(string[] cells, ImportField field, string name, out bool yes, out string? reason)
    {
        var read = WordText.TryParseYesNo(columns.Cell(cells, field), out yes, out reason);
        if (!read) reason = $"{name} {reason}";
        return read;
    }

    private string? TooLong(string[] cells)
    {
        foreach (var field in KnownField.Of(options.Kind))
        {
            var max = field.Field is ImportField.Plan or ImportField.Subscription ? MaxKeyLength : MaxTextLength;
            var length = columns.Cells(cells, field.Field).Select(text => text.Length).DefaultIfEmpty().Max();
            if (length > max) return $"{field.Name} has {length} characters, at most {max} are allowed";
        }
        return null;
    }
}
