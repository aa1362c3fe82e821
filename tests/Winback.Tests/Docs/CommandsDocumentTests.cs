using System.CommandLine;
using System.Globalization;
using System.Text;
using Winback.Cli.Commands;

namespace Winback.Tests.Docs;

/// <summary>Every command says what it does, with an example, and docs/commands.md says the same.</summary>
public sealed class CommandsDocumentTests
{
    /// <summary><c>up</c> runs until it is stopped; of the others the result is JSON or a text as it is.</summary>
    private static readonly string[] WithoutResult = ["winback up", "winback replies classify", "winback replies extract"];

    private static readonly IReadOnlyList<Command> Leaves = [.. LeavesOf(CommandTree.Create()).OrderBy(PathOf, StringComparer.Ordinal)];

    public static TheoryData<string> Paths => [.. Leaves.Select(PathOf)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_command_has_an_example_that_can_be_parsed(string path)
    {
        var example = Leaf(path).Description!.Split("Example: ") is [_, var text] ? text : null;
        Assert.NotNull(example);
        Assert.StartsWith(path, example, StringComparison.Ordinal);
        Assert.Empty(CommandTree.Create().Parse(example["winback ".Length..].Split(" < ")[0]).Errors);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Everything_that_can_be_given_is_described(string path)
    {
        var command = Leaf(path);
        Assert.All(command.Arguments, a => Assert.False(string.IsNullOrWhiteSpace(a.Description), a.Name));
        Assert.All(command.Options, o => Assert.False(string.IsNullOrWhiteSpace(o.Description), o.Name));
        Assert.Equal(!WithoutResult.Contains(path), command.Options.Any(o => o.Name == "--json"));
    }

    [Fact]
    public void Every_command_but_those_that_run_it_here_takes_a_storage_account() => Assert.Equal(
        [
            "winback demo", "winback keys make", "winback keys new", "winback keys rotate", "winback keys set", "winback keys webhook", "winback replies classify",
            "winback replies extract", "winback replies score", "winback settings pull", "winback up",
        ],
        Leaves.Where(l => !OptionsOf(l).Any(o => o.Name == "--storage")).Select(PathOf));

    [Theory]
    [InlineData("retry")] // what?
    [InlineData("retry K1 --all-failed")]
    [InlineData("resolve K1")] // as what?
    [InlineData("resolve --as sent")]
    [InlineData("resolve K1 --as perhaps")]
    [InlineData("why K1 --on yesterday")]
    [InlineData("doctor --app winback")]
    [InlineData("export everything file.csv")]
    public void A_command_that_says_too_little_or_too_much_is_refused(string line) => Assert.NotEmpty(CommandTree.Create().Parse(line).Errors);

    [Fact]
    public void The_document_says_what_the_commands_say() => GeneratedDocument.AssertIs("commands.md", Document());

    private static string Document()
    {
        var text = new StringBuilder(
            """
            # Commands

            `winback` stands for `dotnet run --project src/Winback.Cli --`. `winback COMMAND --help` says the same as this page. This page is made from the commands; a test holds it to them.

            Exit codes: 0 done; 1 it did not work, or (`demo --once`, `campaigns check`, `doctor`) something is not as it should be, or (`retry`, `resolve`) nothing could be done, with a message that says why and
            what to do; 2 stopped by Ctrl-C. With `--json` standard output is JSON alone, words and progress go to standard error.

            Which storage: `--storage`, else `AzureWebJobsStorage` in the environment, else what runs here (`winback up`, `winback demo`). Other settings come from the environment, then from
            `--settings FILE`, which for an app in Azure `settings pull` writes; a command asks only for those that it needs. A storage account knows its [mailbox key and time zone](decisions/0007-installation.md): with others nothing works on it.

            What it costs: `status` and `export` read whole tables, a thousand rows a request, and stream them; `why` looks through the replies of everybody, `retry --all-failed` through all outreach.
            An export holds personal data: it is written so that only you can read it; keep it only as long as you need it.

            """);
        foreach (var leaf in Leaves)
        {
            var parts = leaf.Description!.Split("\nExample: ");
            text.Append(CultureInfo.InvariantCulture, $"\n## `{PathOf(leaf)}`\n\n{parts[0].Replace('\n', ' ')}\n\n```sh\n{parts[1]}\n```\n");
            var rows = leaf.Arguments.Select(a => ($"`{a.Name}`", a.Description!))
                .Concat(OptionsOf(leaf).Where(o => o.Name != "--help").OrderBy(o => o.Name, StringComparer.Ordinal)
                    .Select(o => ($"`{o.Name}{(o.HelpName is null ? "" : " " + o.HelpName.Replace("|", "\\|", StringComparison.Ordinal))}`", o.Description!)))
                .ToList();
            if (rows.Count == 0) continue;
            text.Append("\n| | |\n| --- | --- |\n");
            foreach (var (name, description) in rows) text.Append(CultureInfo.InvariantCulture, $"| {name} | {description.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
        return text.ToString().ReplaceLineEndings("\n");
    }

    /// <summary>Its own, and those of the commands above it that go for it too.</summary>
    private static IEnumerable<Option> OptionsOf(Command command) =>
        command.Options.Concat(ParentsOf(command).SelectMany(p => p.Options.Where(o => o.Recursive && o.Name is not ("--help" or "--version"))));

    /// <summary>Those that can be run, some of which have others below them.</summary>
    private static IEnumerable<Command> LeavesOf(Command command) =>
        command.Subcommands.SelectMany(LeavesOf).Concat(command is not RootCommand && command.Action is not null ? [command] : []);

    private static IEnumerable<Command> ParentsOf(Command command) => command.Parents.OfType<Command>().SelectMany(p => ParentsOf(p).Prepend(p));

    private static string PathOf(Command command) =>
        string.Join(' ', ParentsOf(command).Where(p => p is not RootCommand).Reverse().Append(command).Select(c => c.Name).Prepend("winback"));

    private static Command Leaf(string path) => Leaves.Single(l => PathOf(l) == path);
}
