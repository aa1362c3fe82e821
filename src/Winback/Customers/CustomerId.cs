using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Winback.Customers;

/// <summary>The owner's number for a customer: trimmed, 1 to 100 characters, compared without regard to case.</summary>
public readonly record struct CustomerId
{
    public const int MaxLength = 100;

    // What Azure Table Storage refuses in a key, and "|", which separates the parts of longer keys.
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\#?|%");

    // Most numbers are written in these, and every row that we wrote ourselves is: nothing to trim, fold or refuse.
    private static readonly SearchValues<char> Plain = SearchValues.Create("0123456789abcdefghijklmnopqrstuvwxyz-_.");

    private readonly string? _value;

    private CustomerId(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("An empty CustomerId was used; make one with Parse.");

    /// <summary>Two hex digits that spread customers evenly and never change: the partition of everything about this customer.</summary>
    public string Partition
    {
        get
        {
            Span<byte> utf8 = stackalloc byte[MaxLength * 4];
            Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(Value, utf8)], hash);
            return hash[0].ToString("x2", CultureInfo.InvariantCulture);
        }
    }

    public static CustomerId Parse(string? text) =>
        TryParse(text, out var id, out var problem) ? id : throw new FormatException(problem);

    public static bool TryParse(string? text, out CustomerId id, [NotNullWhen(false)] out string? problem)
    {
        id = default;
        problem = null;
        if (text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExcept(Plain))
        {
            id = new CustomerId(text);
            return true;
        }
        string? trimmed = null;
        try
        {
            trimmed = text?.Trim().Normalize(NormalizationForm.FormC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            problem = "the customer number has characters that are not valid Unicode";
            return false;
        }
        if (string.IsNullOrEmpty(trimmed))
            problem = "the customer number is empty";
        else if (trimmed.Length > MaxLength)
            problem = $"the customer number has {trimmed.Length} characters, at most {MaxLength} are allowed";
        else if (trimmed.AsSpan().ContainsAny(Forbidden) || trimmed.Any(char.IsControl))
            problem = "the customer number has one of the characters / \\ # ? | % or a control character";
        if (problem is not null) return false;
        id = new CustomerId(trimmed!);
        return true;
    }

    /// <summary>Some systems use the address as the number; then it is personal data.</summary>
    public bool IsAddress => _value is not null && _value.Contains('@', StringComparison.Ordinal);

    /// <summary>For logs and messages: the number, or a hash of it where it is an address. Use <see cref="Value"/> for keys.</summary>
    public override string ToString() => _value is null ? ""
        : IsAddress ? "number-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_value)).AsSpan(0, 6)) : _value;
}
