using System.Globalization;
using HandlebarsDotNet;

namespace Winback.Campaigns.Rendering;

/// <summary>A checked Handlebars text, compiled once and filled many times; may be used by several threads.</summary>
internal sealed class TemplateText
{
    /// <summary>For Markdown and subjects: the values come made literal for where they will stand.</summary>
    private static readonly IHandlebars Plain = Environment(new HandlebarsConfiguration { NoEscape = true });

    private static readonly IHandlebars Html = Environment(new HandlebarsConfiguration { TextEncoder = new HtmlEncoder() });

    private readonly HandlebarsTemplate<object, object> _fill;

    private TemplateText(HandlebarsTemplate<object, object> fill, PlaceholderCheck.Findings findings) => (_fill, Findings) = (fill, findings);

    public PlaceholderCheck.Findings Findings { get; }

    /// <exception cref="TemplateException">As <see cref="PlaceholderCheck.Read"/>.</exception>
    public static TemplateText Parse(string file, int firstLine, string text, IReadOnlyList<MailPlaceholder> known, MailPartials partials) =>
        Compile(Plain, file, PlaceholderCheck.Read(file, firstLine, text, known, partials));

    /// <summary>Values are encoded for HTML.</summary>
    public static TemplateText ParseLayout(string file, string text) =>
        Compile(Html, file, PlaceholderCheck.Read(file, 1, text, MailPlaceholders.ForLayouts, partials: null));

    public string Fill(IReadOnlyDictionary<string, object?> values) => _fill(values);

    private static TemplateText Compile(IHandlebars handlebars, string file, PlaceholderCheck.Findings findings)
    {
        try
        {
            return new TemplateText(handlebars.Compile(findings.Text), findings);
        }
        catch (HandlebarsException e)
        {
            throw new TemplateException(file, null, $"the placeholders cannot be read ({e.Message})", "Compare them with a campaign that works", e);
        }
    }

    private static IHandlebars Environment(HandlebarsConfiguration configuration)
    {
        var handlebars = Handlebars.Create(configuration);
        handlebars.RegisterHelper("plural", (EncodedTextWriter output, Context _, Arguments arguments) =>
            output.WriteSafeString(arguments[0] is 1 ? arguments[1] : arguments[2]));
        handlebars.RegisterHelper("date", (EncodedTextWriter output, Context _, Arguments arguments) =>
            output.WriteSafeString(((WrittenDate)arguments[0]!).As(arguments.Length > 1 ? (string)arguments[1]! : null)));
        handlebars.RegisterHelper("money", (EncodedTextWriter output, Context context, Arguments arguments) =>
            output.WriteSafeString(((WrittenMoney)context[WrittenMoney.Key]!).As(Convert.ToDecimal(arguments[0], CultureInfo.InvariantCulture))));
        return handlebars;
    }
}
