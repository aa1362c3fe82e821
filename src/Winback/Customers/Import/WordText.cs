using System.Diagnostics.CodeAnalysis;

namespace Winback.Customers.Import;

/// <summary>The cells that hold one of a few words.</summary>
public static class WordText
{
    /// <summary>ja, yes, true, waar, 1, y, j or nee, no, false, onwaar, 0, n in any case; empty means no.</summary>
    public static bool TryParseYesNo(string? text, out bool yes, [NotNullWhen(false)] out string? problem)
    {
        var word = text?.Trim().ToLowerInvariant() ?? "";
        yes = word is "ja" or "yes" or "true" or "waar" or "1" or "y" or "j";
        problem = yes || word is "" or "nee" or "no" or "false" or "onwaar" or "0" or "n"
            ? null : "must be yes or no (ja, yes, true, waar, 1, y, j; nee, no, false, onwaar, 0, n)";
        return problem is null;
    }

    /// <returns>nl or en; null for an empty cell and for a language we have no texts in.</returns>
    public static string? Language(string? text) => text?.Trim().ToLowerInvariant().Split('-', '_')[0] switch
    {
        "nl" or "nld" or "dut" or "nederlands" or "dutch" => "nl",
        "en" or "eng" or "engels" or "english" => "en",
        _ => null,
    };
}
