using System.Text;
using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Bodies;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Prompting;
using Telemetry.Handler.Prompting.Caches;
using Telemetry.Handler.Requests;
using Xunit;

namespace Telemetry.Handler.Tests.Prompting;

public sealed class PromptAllocationTests
{
    [Fact]
    public void Reading_a_prompt_that_was_seen_allocates_no_more_for_a_longer_text()
    {
        var watch = new PromptWatch(new Lazy<byte[]>(new byte[32]), counter: null, 1_000_000, TimeProvider.System, new CacheWatch(new CacheOptions(), PriceBook.Default, static () => null, TimeProvider.System));
        var small = Encoding.UTF8.GetBytes(Provider.Ask("How many planets are there?"));
        var large = Encoding.UTF8.GetBytes(Provider.Ask(string.Concat(Enumerable.Repeat("How many planets are there? ", 20_000))));

        var ofSmall = Allocations.Of(() => watch.Read(small, Question(small)));
        var ofLarge = Allocations.Of(() => watch.Read(large, Question(large)));

        Assert.InRange(ofSmall, 0, 16_000);
        Assert.InRange(ofLarge, 0, ofSmall + 1_000);
    }

    [Fact]
    public void A_body_that_was_lent_goes_back_when_both_its_owner_and_its_reader_are_done()
    {
        using var capture = new BodyCapture(1_000);
        capture.Add("secret"u8);
        capture.Complete();

        var lent = capture.Borrow()!;
        Assert.Null(capture.Borrow());
        capture.Dispose();

        Assert.Equal("secret"u8.ToArray(), lent.Bytes.ToArray());
        var bytes = lent.Bytes;
        lent.Dispose();
        lent.Dispose();
        Assert.Equal(new byte[6], bytes.ToArray());
        Assert.Null(capture.Borrow());
    }

    [Fact]
    public void A_body_that_begins_anew_leaves_its_reader_what_was_lent()
    {
        using var capture = new BodyCapture(1_000);
        capture.Add("first"u8);
        capture.Complete();
        using var lent = capture.Borrow()!;

        capture.Restart();
        capture.Add("again"u8);
        capture.Complete();

        Assert.Equal("first"u8.ToArray(), lent.Bytes.ToArray());
        using var second = capture.Borrow()!;
        Assert.Equal("again"u8.ToArray(), second.Bytes.ToArray());
    }

    private static PromptQuestion Question(byte[] body) => new()
    {
        Request = RequestSnapshot.Read(body),
        Pricing = new PricingRequest
        {
            Model = "claude-sonnet-4-5",
            Provider = CostLedger.Records.Provider.Anthropic,
            Operation = Operation.Messages,
            Outcome = CallOutcome.Success,
            At = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        },
        Prices = PriceBook.Default,
        IsInterleaved = false,
    };
}
