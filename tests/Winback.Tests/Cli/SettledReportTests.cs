using Winback.Cli;
using Winback.Cli.Commands;
using Winback.Customers;
using Winback.Tests.Fakes;

namespace Winback.Tests.Cli;

/// <summary>What <c>winback retry</c> and <c>resolve</c> answer.</summary>
public sealed class SettledReportTests
{
    [Fact]
    public async Task Where_nothing_can_be_done_the_command_that_tells_more_can_be_run_also_for_a_number_that_is_an_address()
    {
        using var app = new InMemoryApp();
        var e = await Assert.ThrowsAsync<CommandException>(() => SettledReport.FindAsync(
            app.Services, CustomerId.Parse("jan@klant.example"), null, [StepState.Failed], TestContext.Current.CancellationToken));
        Assert.EndsWith("winback why jan@klant.example", e.Message, StringComparison.Ordinal);
    }
}
