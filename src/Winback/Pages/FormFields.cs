namespace Winback.Pages;

/// <summary>One of several answers.</summary>
/// <param name="Value">What is posted.</param>
/// <param name="Text">What the visitor reads.</param>
/// <param name="Hint">A second, quieter line; null for none.</param>
/// <param name="Lang">The language of the text where it is not the page's; null for the page's.</param>
public sealed record Choice(string Value, string Text, string? Hint = null, string? Lang = null);

/// <summary>
/// Fields of a form. What is wrong with one stands with it and is read out with it, what was typed stays, and the first wrong one has the
/// focus (WCAG 2.2: 1.3.1, 1.3.5, 3.3.1 to 3.3.3, 4.1.2).
/// </summary>
public static class FormFields
{
    /// <param name="name">The field's name and id.</param>
    /// <param name="autocomplete">What a browser may fill in: <c>tel</c>, <c>name</c>, <c>email</c>, <c>off</c>.</param>
    /// <param name="type">The input's type: <c>text</c>, <c>tel</c>, <c>email</c>.</param>
    public static Html Line(string name, string label, string? value, string autocomplete, int maxLength, string type = "text", string? hint = null, string? problem = null) =>
        Html.Of($"""
            <div class="field"><label class="label" for="{name}">{label}</label>{Hint(name, hint)}{Problem(name, problem)}
            <input type="{type}" id="{name}" name="{name}" value="{value}" maxlength="{maxLength}" autocomplete="{autocomplete}"{Described(name, hint, problem)}></div>
            """);

    public static Html Lines(string name, string label, string? value, int maxLength, string? hint = null, string? problem = null) =>
        Html.Of($"""
            <div class="field"><label class="label" for="{name}">{label}</label>{Hint(name, hint)}{Problem(name, problem)}
            <textarea id="{name}" name="{name}" rows="4" maxlength="{maxLength}"{Described(name, hint, problem)}>
            {value}</textarea></div>
            """);

    /// <summary>One of several, as a list that is whole in sight.</summary>
    /// <param name="chosen">The value that is chosen already; null for none.</param>
    public static Html OneOf(string name, string legend, IEnumerable<Choice> choices, string? chosen, string? problem = null)
    {
        var described = problem is null ? Html.None : Html.Of($" aria-describedby=\"{name}-problem\"");
        var list = choices.Select((choice, i) =>
        {
            var small = choice.Hint is { } hint ? Html.Of($"<small>{hint}</small>") : Html.None;
            var state = new Html($"{(choice.Value == chosen ? " checked" : "")}{(problem is not null && i == 0 ? " autofocus" : "")}");
            var lang = choice.Lang is { } code ? Html.Of($" lang=\"{code}\"") : Html.None;
            return Html.Of($"""<label class="choice"{lang}><input type="radio" name="{name}" value="{choice.Value}"{state}{described}><span>{choice.Text}{small}</span></label>""");
        });
        return Html.Of($"<fieldset><legend>{legend}</legend>{Problem(name, problem)}{Html.Of(list)}</fieldset>");
    }

    public static Html Button(string text) => Html.Of($"""<button class="button" type="submit">{text}</button>""");

    /// <summary>A form that posts to the address of its page.</summary>
    public static Html Form(params Html[] fields) => Html.Of($"<form method=\"post\" novalidate>{Html.Of(fields)}</form>");

    private static Html Hint(string name, string? hint) => hint is null ? Html.None : Html.Of($"<p class=\"hint\" id=\"{name}-hint\">{hint}</p>");

    private static Html Problem(string name, string? problem) =>
        problem is null ? Html.None : Html.Of($"<p class=\"problem\" id=\"{name}-problem\" role=\"alert\">{problem}</p>");

    private static Html Described(string name, string? hint, string? problem) => (hint, problem) switch
    {
        (null, null) => Html.None,
        (_, null) => Html.Of($" aria-describedby=\"{name}-hint\""),
        (null, _) => Html.Of($" aria-describedby=\"{name}-problem\" aria-invalid=\"true\" autofocus"),
        _ => Html.Of($" aria-describedby=\"{name}-problem {name}-hint\" aria-invalid=\"true\" autofocus"),
    };
}
