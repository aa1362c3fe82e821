namespace Winback.Replies.Reading;

/// <summary>The sections of a lexicon file that are neither a sub-reason nor an intent.</summary>
internal static class LexiconLabels
{
    /// <summary>Worded as machines word it.</summary>
    public const string Automatic = "automatic";

    /// <summary>Subjects as machines write them.</summary>
    public const string AutomaticSubject = "automatic-subject";

    /// <summary>Says that nothing was wrong, so speaks against every complaint.</summary>
    public const string Content = "content";

    /// <summary>Not the one we took him for, so speaks against every reason.</summary>
    public const string Stranger = "stranger";

    /// <summary>Turns a sentence's wish into no wish: maybe, some day.</summary>
    public const string Doubt = "doubt";

    /// <summary>Turns thanks into none.</summary>
    public const string Sarcasm = "sarcasm";

    /// <summary>A question that wants no answer.</summary>
    public const string Rhetorical = "rhetorical";

    /// <summary>Where a letter ends and names and titles begin.</summary>
    public const string SignOff = "sign-off";

    public static readonly string[] All =
    [
        .. Enum.GetValues<SubReason>().Where(s => s != SubReason.None).Select(s => Labels.Of(s)), .. Enum.GetValues<Intent>().Select(i => Labels.Of(i)),
        Automatic, AutomaticSubject, Content, Stranger, Doubt, Sarcasm, Rhetorical, SignOff,
    ];

    /// <summary>Word lists that the reader itself asks for; each file must have them.</summary>
    public static readonly string[] Lists = [Language, Negation, Contrast, Me, You];

    /// <summary>Small words by which a text's language is told.</summary>
    public const string Language = "language";
    public const string Negation = "negation";

    /// <summary>After it comes what counts most: but.</summary>
    public const string Contrast = "contrast";
    public const string Me = "me";
    public const string You = "you";
}
