using System.Text;
using CostLedger.Pricing;
using CostLedger.Pricing.Files;
using CostLedger.Records;
using Xunit;

namespace CostLedger.Tests.Pricing;

public sealed class PriceBookTests
{
    [Fact]
    public void The_version_is_the_date_and_a_hash_of_the_content()
    {
        var book = SmallBook.With(text => text);
        var other = SmallBook.With("\"input\": 3,", "\"input\": 4,");

        Assert.Matches("^2026-01-01\\+[0-9a-f]{8}$", book.Version);
        Assert.NotEqual(book.Version, other.Version, StringComparer.Ordinal);
        Assert.Equal(book.Version, PriceBook.Parse(book.Content).Version);
    }

    [Fact]
    public void The_content_is_kept_byte_for_byte_and_apart_from_the_callers()
    {
        var bytes = Encoding.UTF8.GetBytes(SmallBook.Text);
        var book = PriceBook.Parse(bytes);
        bytes.AsSpan().Clear();

        Assert.Equal(SmallBook.Text, Encoding.UTF8.GetString(book.Content.Span));
    }

    [Fact]
    public void A_file_is_loaded_from_disk_also_with_a_byte_order_mark()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, SmallBook.Text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

            Assert.Equal("claude-test-1", Assert.Single(PriceBook.Load(path).Rows).Model);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_fault_with_its_path()
    {
        var path = Path.Combine(Path.GetTempPath(), "no-such-folder", "pricing.json");

        var error = Assert.Throws<PriceFileException>(() => PriceBook.Load(path));

        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        Assert.Single(error.Faults);
    }

    [Fact]
    public void A_folder_is_no_price_file() =>
        Assert.Throws<PriceFileException>(() => PriceBook.Load(Path.GetTempPath()));

    [Fact]
    public void The_shipped_list_knows_the_search_price_and_the_image_rules()
    {
        var rules = PriceBook.Default.Rules;

        Assert.Equal((10m, 0.05m, 1550L), (rules.WebSearchPer1000, rules.CodeExecutionPerContainerHour, rules.CodeExecutionFreeHoursPerMonth));
        Assert.Equal((28, 1568, 4784), (rules.ImagePatchPixels, rules.Images.MaxTokens, rules.LargeImages.MaxTokens));
        Assert.Equal(new DateOnly(2026, 11, 20), PriceBook.Default.Date);
    }

    [Fact]
    public void A_request_is_made_from_the_facts_of_a_record()
    {
        var record = new CallRecord
        {
            Id = CallId.Create(Calls.Day("2026-08-01"), 1),
            Provider = Provider.Bedrock,
            Operation = Operation.Messages,
            ModelRequested = "us.anthropic.claude-opus-5",
            ModelServed = "claude-opus-5",
            Outcome = CallOutcome.Success,
            HttpStatus = 200,
            Usage = Calls.Tokens(1_000, 1_000),
            Cost = new CallCost { Basis = CostBasis.Unpriced },
        };

        Assert.Equal((5.5m, 27.5m), Calls.Rates(PricingRequest.From(record)));
        Assert.Null(PricingRequest.From(record).HasOutput);
        Assert.False(PricingRequest.From(record with { Transfer = new TransferFacts { ResponseBytes = 9 } }).HasOutput);
        Assert.True(PricingRequest.From(record with { Transfer = new TransferFacts { ContentBlocks = 1 } }).HasOutput);
    }

    [Fact]
    public async Task Many_threads_get_the_same_cost()
    {
        var book = PriceBook.Parse(PriceBook.Default.Content);
        var models = book.Rows.Select(row => row.Model).Distinct(StringComparer.Ordinal).ToArray();
        var expected = models.Select(model => Calls.Price(Calls.Call(model, Calls.Tokens(10, 10))).Cost.Total).ToArray();

        var tasks = Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 50).Select(__ => models.Select(model => book.Price(Calls.Call(model, Calls.Tokens(10, 10))).Cost.Total).ToArray()).ToList()));

        Assert.All((await Task.WhenAll(tasks)).SelectMany(run => run), totals => Assert.Equal(expected, totals));
    }

    [Fact]
    public void Pricing_a_plain_call_allocates_little()
    {
        const int calls = 1_000;
        const int maxBytesPerCall = 2_048;
        var request = Calls.Call("claude-opus-5", Calls.Thousand);
        _ = Calls.Price(request);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < calls; i++)
        {
            _ = Calls.Price(request);
        }

        var perCall = (GC.GetAllocatedBytesForCurrentThread() - before) / calls;
        Assert.InRange(perCall, 1, maxBytesPerCall);
        TestContext.Current.TestOutputHelper?.WriteLine($"{perCall} bytes a call");
    }
}
