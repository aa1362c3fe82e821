using System.Text.Json.Serialization;
using Winback.Customers;
using Winback.Replies.Reading;

namespace Winback.Calls;

/// <summary>How a call went.</summary>
[JsonConverter(typeof(LabelConverter<CallOutcome>))]
public enum CallOutcome
{
    /// <summary>Spoken to the customer.</summary>
    Reached,

    /// <summary>Nobody answered. It says nothing about the customer, so nothing stops.</summary>
    NoAnswer,

    /// <summary>Spoken to, and wants to come back.</summary>
    ComesBack,

    /// <summary>Somebody else answered.</summary>
    WrongNumber,

    /// <summary>Spoken to, and gave another mail address.</summary>
    NewAddress,
}

/// <summary>A call that was made.</summary>
/// <param name="Id">The same for the same outcome noted twice on a day. 32 hex digits.</param>
/// <param name="Day">The owner's local day.</param>
/// <param name="Number">The number that was known then; null when none was.</param>
public sealed record Call(CustomerId Customer, string Id, DateOnly Day, DateTimeOffset At, CallOutcome Outcome, string? Number)
{
    public bool WasSpokenTo => Outcome is CallOutcome.Reached or CallOutcome.ComesBack or CallOutcome.NewAddress;
}

/// <summary>Every call that was made. There are few: a person makes them.</summary>
public interface ICallStore
{
    /// <returns>As it is kept: an earlier one with this id stays as it is.</returns>
    Task<(Call Call, bool IsNew)> AddAsync(Call call, CancellationToken cancel);

    /// <summary>A customer's, in no order.</summary>
    IAsyncEnumerable<Call> OfAsync(CustomerId customer, CancellationToken cancel);
}
