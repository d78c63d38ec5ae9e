using CostLedger.Pricing;
using CostLedger.Querying;
using CostLedger.Records;
using CostReport.Cli.Html;
using CostReport.Cli.Html.Data;
using CostReport.Cli.Sources;
using CostReport.Cli.Times;
using Testing;

namespace EndToEnd.Tests.Html;

/// <summary>Pages of ledgers made by hand.</summary>
internal static class Pages
{
    /// <summary>A name that would run where it was not escaped.</summary>
    public const string Hostile = "</script><img src=x onerror=\"document.title='owned'\">";

    /// <summary>The present of these ledgers.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    // A number of a call that fails, beyond all others.
    private const int AFailedOne = (29 * 1000) + 3;

    private static readonly string[] s_models = ["claude-opus-5", "claude-sonnet-5", "claude-haiku-4-5-20251001"];

    /// <summary>The page of some calls over two weeks, of which the last is shown.</summary>
    public static async Task<string> OfAsync(int calls = 400)
    {
        var folder = Directory.CreateTempSubdirectory("html-ledger-");
        try
        {
            var path = Path.Combine(folder.FullName, "ledger.db");
            await using (var ledger = PatientLedger.Open(path))
            {
                for (var i = 0; i < calls; i++)
                {
                    await ledger.WriteAsync(Call(i, Now.AddDays(-14 * (calls - i) / (double)(calls + 1))), default);
                }

                // The last call failed and was tried again.
                var failed = Call(AFailedOne, Now.AddMinutes(-10));
                await ledger.WriteAsync(failed, default);
                await ledger.WriteAsync(Call(AFailedOne + 1, Now.AddMinutes(-9)) with { FirstAttemptId = failed.Id, Attempt = 2 }, default);
            }

            using var source = new LedgerSource(LedgerReader.Open(path));
            var period = new Period(Now.AddDays(-7), null, Now, TimeZoneInfo.Utc);
            var data = new PageReader(source, new BuiltInPrices()) { Version = "1.2.3" }.Read(new CallFilter { Since = period.Since }, period);
            return ReportPage.Of(data).ToString();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A call unlike its neighbours: some fail, some have a hostile name.</summary>
    public static CallRecord Call(int i, DateTimeOffset at)
    {
        var model = i % 50 == 7 ? Hostile : s_models[i % s_models.Length];
        var failed = i % 29 == 3;
        var record = new CallRecord
        {
            Id = CallId.Create(at, (UInt128)(i + 1) << 40),
            Provider = Provider.Anthropic,
            Operation = Operation.Messages,
            ModelRequested = model,
            ModelServed = failed ? null : model,
            IsStream = true,
            HttpStatus = failed ? 529 : 200,
            Outcome = failed ? CallOutcome.Error : CallOutcome.Success,
            ErrorType = failed ? "overloaded_error" : null,
            StopReason = failed ? null : "end_turn",
            Usage = failed ? null : new TokenUsage
            {
                InputTokens = 500 + (i * 37 % 900),
                OutputTokens = 300 + (i * 91 % 1700),
                CacheReadInputTokens = 20_000 + (i * 31),
                CacheCreationInputTokens = 800,
                CacheCreation5mInputTokens = 800,
            },
            Cost = new CallCost { Basis = CostBasis.Unpriced },
            Timing = new CallTiming
            {
                Headers = TimeSpan.FromMilliseconds(300 + (i % 40)),
                FirstContent = TimeSpan.FromMilliseconds(700 + (i % 90 * 10)),
                Total = TimeSpan.FromMilliseconds(4000 + (i % 70 * 90)),
            },
            Labels = new CallLabels { Session = i % 11 == 5 ? Hostile : $"session-{i % 24}", Conversation = $"conversation-{i % 40}" },
        };
        return record with { Cost = PriceBook.Default.Price(PricingRequest.From(record)).Cost };
    }
}
