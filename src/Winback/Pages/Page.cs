namespace Winback.Pages;

/// <summary>A page that a customer or a friend of one sees; <see cref="PageShell"/> puts the owner's name, colours and address around it.</summary>
/// <param name="Language">nl or en.</param>
/// <param name="Title">The heading, also in the browser's tab.</param>
/// <param name="Body">What stands under the heading.</param>
public sealed record Page(string Language, string Title, Html Body)
{
    /// <summary>A tick before the heading: what was asked for is done.</summary>
    public bool IsDone { get; init; }

    /// <summary>Something on the form is wrong: the tab says so first, as a screen reader begins with it.</summary>
    public bool HasProblem { get; init; }

    /// <summary>
    /// The address of the same page in the other language, such as <c>?lang=en</c>; null where following it would lose something.
    /// </summary>
    public string? OtherLanguage { get; init; }

    /// <summary>Style rules of this page alone, after those of every page.</summary>
    public Html Style { get; init; }

    /// <summary>The language that is not this one's.</summary>
    public static string Other(string language) => language == "en" ? "nl" : "en";
}
