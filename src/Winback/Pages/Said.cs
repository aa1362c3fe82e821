using System.Text;
using Winback.Replies.Reading;

namespace Winback.Pages;

/// <summary>What a customer says on a page.</summary>
/// <param name="Text">For the owner to read.</param>
/// <param name="Reading">Said outright, not guessed.</param>
/// <param name="Phone">On which they want to be called.</param>
internal sealed record Said(string Text, ReplyReading Reading, string? Phone = null);

/// <summary>What became of a form: the page in answer, and what was said; null when something on it is wrong.</summary>
internal sealed record FormResult(Page Page, Said? Said);

/// <summary>The fields of a posted form as we keep them.</summary>
internal static class PostedForm
{
    /// <summary>Trimmed, line ends as \n, without other control characters; empty when the field is missing.</summary>
    public static string Text(this IFormCollection form, string name)
    {
        var text = form[name].ToString().ReplaceLineEndings("\n");
        var kept = new StringBuilder(text.Length);
        foreach (var c in text)
            if (c == '\n' || !char.IsControl(c)) kept.Append(c);
        return kept.ToString().Trim();
    }

    /// <summary>The same on one line.</summary>
    public static string Line(this IFormCollection form, string name) => Text(form, name).Replace('\n', ' ');
}
