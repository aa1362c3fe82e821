using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Winback.Customers;

/// <summary>
/// A mailbox in the one form we compare and hash: trimmed, Unicode NFC, lower case, domain in punycode.
/// Syntax after RFC 5321 4.1.2 without quoted local parts; lengths after 4.5.3.1.
/// </summary>
public readonly record struct EmailAddress
{
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private readonly string? _value;

    private EmailAddress(string value) => _value = value;

    public string Value => _value ?? throw new InvalidOperationException("An empty EmailAddress was used; make one with Parse.");

    public string Domain => Value[(Value.LastIndexOf('@') + 1)..];

    public static EmailAddress Parse(string? text) =>
        TryParse(text, out var address, out var problem) ? address : throw new FormatException(problem);

    public static bool TryParse(string? text, out EmailAddress address, [NotNullWhen(false)] out string? problem)
    {
        address = default;
        problem = Normalise(text, out var value);
        if (problem is not null) return false;
        address = new EmailAddress(value);
        return true;
    }

    // The text is personal data, so what is wrong never quotes it.
    private static string? Normalise(string? text, out string value)
    {
        value = "";
        var trimmed = text?.Trim() ?? "";
        if (trimmed.Length == 0) return "the address is empty";
        if (trimmed.Length > 1000) return "the address is over 254 characters"; // before it costs any time
        try
        {
            trimmed = trimmed.Normalize(NormalizationForm.FormC).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return "the address has characters that are not valid Unicode";
        }
        var at = trimmed.LastIndexOf('@');
        if (at < 0) return "the address has no @";
        if (at == 0) return "the address has nothing before the @";
        var local = trimmed[..at];
        if (local.Length > 64) return "the part before the @ is over 64 characters";
        if (local.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || "\"(),:;<>@[\\]".Contains(c, StringComparison.Ordinal)))
            return "the part before the @ has a character that is not allowed";
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return "the part before the @ has a misplaced point";
        string domain;
        try
        {
            domain = Idn.GetAscii(trimmed[(at + 1)..]);
        }
        catch (ArgumentException)
        {
            return "the part after the @ is not a domain name";
        }
        if (!domain.Contains('.', StringComparison.Ordinal) || domain[^1] == '.' || domain.Length > 253)
            return "the part after the @ is not a full domain name";
        value = $"{local}@{domain}";
        return value.Length > 254 ? "the address is over 254 characters" : null;
    }

    /// <summary>Empty on purpose: an address must not slip into a log by being formatted. Use <see cref="Value"/>.</summary>
    public override string ToString() => _value is null ? "" : "(address)";
}
