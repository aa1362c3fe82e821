using System.Security.Cryptography;
using System.Text;
using Winback.Customers;

namespace Winback.Replies;

/// <summary>A mail that came in.</summary>
/// <param name="Id">The same for a repeated post: from its Message-ID, else from its content.</param>
/// <param name="Customer">Null when the reply address did not tell who.</param>
/// <param name="IsAutomatic">Sent by a machine (RFC 3834): recorded, and nothing follows from it.</param>
/// <param name="Subject">At most 1,000 characters.</param>
/// <param name="Text">As plain text, at most 30,000 characters.</param>
public sealed record Reply(
    string Id, CustomerId? Customer, string? Campaign, string? Step, DateTimeOffset ReceivedAt, bool IsAutomatic, string Subject, string Text)
{
    public const int MaxText = 30_000;
    public const int MaxSubject = 1000;

    /// <summary>The beginning of a text, no character cut in half: storage refuses that.</summary>
    public static string Cut(string text, int length) =>
        text.Length <= length ? text : char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)] : text[..length];

    public static string IdOf(string? messageId, string sender, string subject, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(messageId is { Length: > 0 } ? messageId : $"{sender}\0{subject}\0{text}")))[..32];
}

public interface IReplyStore
{
    Task<bool> ExistsAsync(string id, CancellationToken cancel);

    /// <returns>False when this reply is there already.</returns>
    Task<bool> TryAddAsync(Reply reply, CancellationToken cancel);

    /// <summary>All of a customer's. Storage looks through the whole table, which has a row per answer and so is small.</summary>
    IAsyncEnumerable<Reply> OfAsync(CustomerId customer, CancellationToken cancel);

    IAsyncEnumerable<Reply> AllAsync(CancellationToken cancel);
}
