namespace Winback.Customers.Import;

/// <summary>One readable row of an import file, for one customer.</summary>
public abstract record ImportedRow(CustomerId Customer);

/// <summary>A customer row. Null means that the file has no such column or the cell is empty: what is known stays.</summary>
/// <param name="Email">As written; an unusable address is imported and excluded later, not rejected.</param>
/// <param name="Language">nl or en.</param>
/// <param name="Permission">May we send marketing mail? Null only where the file says nothing about it; an empty cell of its column is false.</param>
/// <param name="Source">What the permission rests on.</param>
public sealed record CustomerRow(
    CustomerId Customer, string? Name, string? FirstName, string? Email, string? Phone, string? Language, bool? Permission,
    PermissionSource Source = PermissionSource.Column)
    : ImportedRow(Customer)
{
    /// <summary>The address of who looks after this customer.</summary>
    public string? AccountManager { get; init; }
}

public sealed record PurchaseRow(Purchase Purchase) : ImportedRow(Purchase.Customer);

public sealed record SubscriptionRow(CustomerId Customer, Subscription Subscription) : ImportedRow(Customer);

/// <summary>What one row did. Parked: kept until its customer is imported.</summary>
public enum RowOutcome { Added, Changed, Unchanged, Parked }

/// <summary>Where imported rows go. Rows of one customer come together and in file order; customers may be applied in parallel.</summary>
public interface IImportTarget
{
    /// <returns>One outcome per row, in order.</returns>
    Task<IReadOnlyList<RowOutcome>> ApplyAsync(CustomerId customer, IReadOnlyList<ImportedRow> rows, CancellationToken cancel);
}
