using System.Globalization;
using Spectre.Console;
using Winback.Customers.Import;

namespace Winback.Cli.Commands;

/// <summary>Asks how a file is to be read: shows which column would be which field and the first rows so, until the user says that it is right.</summary>
internal sealed class ImportDialog(IAnsiConsole screen)
{
    private const string Import = "Import the file so";
    private const string Change = "Say what a column is";
    private const string NoNames = "The first line is data, not column names";
    private const string HasNames = "The first line has column names";
    private const string Comma = "12,50 is twelve and a half";
    private const string Point = "12.50 is twelve and a half";
    private const string Stop = "Stop, import nothing";
    private const string PassOver = "pass it over";

    private const int ShownRows = 5;
    private const int ShownLength = 30;

    /// <returns>The options that were agreed on; null to stop.</returns>
    /// <exception cref="ImportException">The file cannot be read at all.</exception>
    public async Task<ImportOptions?> AskAsync(ImportOptions options, CancellationToken cancel)
    {
        var draft = MappingDraft.Of(options);
        while (true)
        {
            ShowColumns(draft, options.Kind);
            var isReadable = ShowRows(draft.Options);
            var choice = await ChooseAsync("What next?", Choices(draft, options.Kind, isReadable), cancel);
            switch (choice)
            {
                case Import: return draft.Options;
                case Stop: return null;
                case Change: draft = await AskColumnAsync(draft, options.Kind, cancel); break;
                case Comma: draft = draft.With(DecimalSign.Comma); break;
                case Point: draft = draft.With(DecimalSign.Point); break;
                default: draft = draft.Turned(); break;
            }
        }
    }

    private static IEnumerable<string> Choices(MappingDraft draft, ImportKind kind, bool isReadable)
    {
        if (isReadable) yield return Import;
        yield return Change;
        yield return draft.HasHeader ? NoNames : HasNames;
        if (kind == ImportKind.Purchases)
        {
            yield return Comma;
            yield return Point;
        }
        yield return Stop;
    }

    private async Task<MappingDraft> AskColumnAsync(MappingDraft draft, ImportKind kind, CancellationToken cancel)
    {
        var names = draft.Header.Select((name, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1} {name}")).ToList();
        var column = names.IndexOf(await ChooseAsync("Which column?", names, cancel));
        var field = await ChooseAsync($"What is {names[column]}?", [.. KnownField.Of(kind).Select(f => f.Name), PassOver], cancel);
        return draft.With(column, field == PassOver ? null : KnownField.Find(field, kind)!.Field);
    }

    // Cancellable: otherwise Ctrl-C would wait for an answer.
    private Task<string> ChooseAsync(string title, IEnumerable<string> choices, CancellationToken cancel) => screen.PromptAsync(
        new SelectionPrompt<string>().Title(title.EscapeMarkup()).PageSize(20).UseConverter(choice => choice.EscapeMarkup()).AddChoices(choices), cancel);

    private void ShowColumns(MappingDraft draft, ImportKind kind)
    {
        var table = new Table().RoundedBorder().Title("Columns").AddColumns("", "Column", "For example", "Field");
        for (var i = 0; i < draft.Header.Count; i++)
        {
            var sample = string.Join(" · ", draft.Samples.Where(cells => i < cells.Length && cells[i].Length > 0).Select(cells => Short(cells[i])));
            var field = KnownField.Of(kind).FirstOrDefault(f => f.Field == draft.Fields[i])?.Name;
            table.AddRow(new Text((i + 1).ToString(CultureInfo.InvariantCulture)), new Text(Short(draft.Header[i])), new Text(sample),
                field is null ? new Markup("[grey]passed over[/]") : new Markup($"[green]{field}[/]"));
        }
        screen.Write(table);
    }

    private bool ShowRows(ImportOptions options)
    {
        try
        {
            var file = ImportFile.Open(options);
            var fields = KnownField.Of(options.Kind).Where(f => file.Columns.Has(f.Field)).ToList();
            var table = new Table().RoundedBorder().Title("The first rows, as they would be read");
            table.AddColumns(["line", .. fields.Select(f => f.Name)]);
            foreach (var row in file.Rows().Take(ShownRows))
            {
                var line = new Text(row.Record.Line.ToString(CultureInfo.InvariantCulture));
                table.AddRow(row.Row is null
                    ? [line, new Markup($"[red]{("rejected: " + row.Reason).EscapeMarkup()}[/]")]
                    : [line, .. fields.Select(f => new Text(Short(row.Row.Show(f.Field))))]);
            }
            screen.Write(table);
            return true;
        }
        catch (ImportException e)
        {
            screen.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{e.Message}[/]");
            return false;
        }
    }

    private static string Short(string text) => text.Length > ShownLength ? text[..ShownLength] + "…" : text;
}
