namespace Winback.Customers.Import;

/// <summary>What one row of the file is about.</summary>
public enum ImportKind { Customers, Purchases, Subscriptions }

/// <param name="Zone">The owner's time zone: what dates and times without a zone mean.</param>
public sealed record ImportOptions(ImportKind Kind, string Path, TimeZoneInfo Zone)
{
    /// <summary>Each "Column=field", as given to --map; see <see cref="ColumnMap"/>. They win over the names that are known.</summary>
    public IReadOnlyList<string> Maps { get; init; } = [];

    /// <summary>
    /// For a file without column names: the field of each column in order, as given to --columns; "-" or nothing passes one over. Null: the
    /// first line has the names.
    /// </summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What separates the cells of a text file; null: found in its first lines.</summary>
    public FieldSeparator? Separator { get; init; }

    /// <summary>How the bytes of a text file are text, such as windows-1252; null: found.</summary>
    public string? Encoding { get; init; }

    /// <summary>The sheet of a workbook; null: the first visible one that is not empty.</summary>
    public string? Sheet { get; init; }

    /// <summary>Decides the decimal sign of the amounts; null: the file itself must decide it.</summary>
    public DecimalSign? DecimalSign { get; init; }

    /// <summary>
    /// For customers: the file has no permission column, and all in it may be mailed as existing customers; see
    /// <see cref="PermissionSource.CustomerException"/>.
    /// </summary>
    public bool ByCustomerException { get; init; }

    /// <summary>Where rejected rows go: by default FILE plus <c>.rejected.csv</c>, also when FILE is such a file itself.</summary>
    public string RejectedPath { get => field ?? Path + ".rejected.csv"; init; }

    /// <summary>How many customers are applied at the same time, 1 or more.</summary>
    public int Parallelism { get; init; } = 16;
}

/// <summary>What an import did, in rows. Read is the sum of the others.</summary>
public readonly record struct ImportCounts(long Read, long Added, long Changed, long Unchanged, long Parked, long Rejected);

/// <param name="BytesRead">How far the file is read; at most <paramref name="TotalBytes"/>.</param>
public readonly record struct ImportProgress(long RowsRead, long BytesRead, long TotalBytes);
