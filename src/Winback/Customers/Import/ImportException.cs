namespace Winback.Customers.Import;

/// <summary>The file as a whole cannot be imported and nothing of it was applied. The message tells the owner what is wrong and what to do.</summary>
public sealed class ImportException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// Storing one customer failed and the import stopped there. What was stored so far stays; running the import again is safe.
/// The cause is the inner exception, left out of the message because it may hold personal data.
/// </summary>
public sealed class ImportStoppedException(CustomerId customer, Exception inner)
    : Exception($"The import stopped at customer {customer}, which could not be stored ({inner.GetType().Name}). " +
        "What was stored so far stays; running the same import again is safe.", inner)
{
    public CustomerId Customer { get; } = customer;
}
