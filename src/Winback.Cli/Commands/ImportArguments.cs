using System.CommandLine;
using Winback.Customers.Import;

namespace Winback.Cli.Commands;

/// <summary>What <c>winback import KIND</c> can be told.</summary>
internal sealed class ImportArguments
{
    private readonly ImportKind _kind;

    private readonly Argument<string> _file = new("FILE") { Description = "The file. Rows that can't be read go to FILE.rejected.csv, with line and reason." };

    private readonly Option<string[]> _map;

    private readonly Option<string?> _columns = new("--columns")
    {
        Description = "For a file without column names: the field of each column in order, as customer,-,date,amount; - or nothing passes one over.",
    };

    private readonly Option<FieldSeparator?> _separator = new("--separator")
    {
        Description = "comma, semicolon, tab, pipe or space (one or more), when it is not found by itself.",
    };

    private readonly Option<string?> _encoding = new("--encoding") { Description = "How the text is encoded, such as windows-1252 or ibm850, when it is not found by itself." };

    private readonly Option<string?> _sheet = new("--sheet") { Description = "The sheet of a workbook; the first visible one that is not empty by default." };

    private readonly Option<DecimalSign?> _decimal = new("--decimal") { Description = "comma or point, when the file itself does not tell." };

    private readonly Option<string?> _permission = new("--permission")
    {
        Description = "customer-exception, for a file without permission column: all in it may be mailed as existing customers, whose address came with a sale "
            + "and who could object (Telecommunicatiewet 11.7). Never goes against what a permission column or the customer said.",
    };

    private readonly Option<bool> _interactive = new("--interactive") { Description = "Show what would be read and ask what the columns are." };

    private readonly Option<bool> _json = Screens.JsonOption();

    public ImportArguments(ImportKind kind)
    {
        _kind = kind;
        _map = new Option<string[]>("--map")
        {
            Description = "Which column is which field, as \"Column=field\"; \"Column#2=field\" for the second of that name, \"#3=field\" for the third column, "
                + $"\"Column=-\" to pass one over. May be repeated. Fields: {KnownField.Names(kind)}.",
            DefaultValueFactory = _ => [],
        };
        _permission.AcceptOnlyFromAmong(ImportCommandText.CustomerException);
    }

    public Command ToCommand(Func<ParseResult, Func<TimeZoneInfo, ImportOptions>, bool, bool, CancellationToken, Task<int>> run)
    {
        var command = new Command(ImportCommandText.Word(_kind), $"Import {ImportCommandText.Word(_kind)}.\nExample: winback import {ImportCommandText.Word(_kind)} {ImportCommandText.Word(_kind)}.csv")
        {
            _file, _map, _columns, _separator, _encoding, _sheet, _decimal, _interactive, _json,
        };
        if (_kind == ImportKind.Customers) command.Add(_permission);
        command.SetAction((result, cancel) => run(result, zone => Options(result, zone), result.GetValue(_interactive), result.GetValue(_json), cancel));
        return command;
    }

    public ImportOptions Options(ParseResult result, TimeZoneInfo zone) => new(_kind, result.GetRequiredValue(_file), zone)
    {
        Maps = result.GetValue(_map) ?? [],
        Columns = result.GetValue(_columns)?.Split(','),
        Separator = result.GetValue(_separator),
        Encoding = result.GetValue(_encoding),
        Sheet = result.GetValue(_sheet),
        DecimalSign = result.GetValue(_decimal),
        ByCustomerException = _kind == ImportKind.Customers && result.GetValue(_permission) is not null,
    };
}
