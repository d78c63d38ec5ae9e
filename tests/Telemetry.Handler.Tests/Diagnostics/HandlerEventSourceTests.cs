using System.Diagnostics.Tracing;
using Telemetry.Handler.Diagnostics;
using Xunit;

namespace Telemetry.Handler.Tests.Diagnostics;

public sealed class HandlerEventSourceTests
{
    [Fact]
    public void The_source_has_its_name_and_a_valid_manifest()
    {
        var manifest = EventSource.GenerateManifest(typeof(HandlerEventSource), "test", EventManifestOptions.Strict);

        Assert.Equal("Telemetry-Handler", HandlerEventSource.Log.Name);
        Assert.Null(HandlerEventSource.Log.ConstructionException);
        Assert.Contains("name=\"Telemetry-Handler\"", manifest, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_event_has_the_number_of_its_contract()
    {
        var mark = Guid.NewGuid().ToString("N");
        using var events = new EventCollector(EventLevel.Verbose).Start();
        var log = HandlerEventSource.Log;

        log.Failed(mark, new InvalidOperationException());
        log.LedgerSpooled(mark);
        log.LedgerLost(mark);
        log.ModelUnpriced(mark, "anthropic");
        log.DuplicateInstrumentation(mark);
        log.RequestNotRead(mark, 5);
        log.LabelsCut(mark);
        log.LedgerUnavailable(mark);
        log.PricesRejected(mark);
        log.ResultsLeftOut(mark, 1, 2);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 20], events.With(mark).Select(e => e.EventId));
    }

    [Fact]
    public void A_model_without_a_price_is_named_once()
    {
        var model = "claude-" + Guid.NewGuid().ToString("N");
        using var events = new EventCollector(EventLevel.Warning).Start();

        HandlerEventSource.Log.ModelUnpriced(model, "anthropic");
        HandlerEventSource.Log.ModelUnpriced(model, "bedrock");

        Assert.Equal([model, "anthropic"], Assert.Single(events.With(model)).Payload!);
    }

    [Fact]
    public void A_failure_names_its_type_and_keeps_quiet_about_what_was_parsed()
    {
        var place = Guid.NewGuid().ToString("N");
        using var events = new EventCollector(EventLevel.Error).Start();

        HandlerEventSource.Log.Failed(place, new FormatException("The input string 'my secret prompt' was not in a correct format."));

        var payload = Assert.Single(events.With(place)).Payload!;
        Assert.Equal("System.FormatException", payload[1]);
        Assert.DoesNotContain(payload, p => p is string text && text.Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void A_failure_of_a_file_says_which()
    {
        var place = Guid.NewGuid().ToString("N");
        using var events = new EventCollector(EventLevel.Error).Start();

        HandlerEventSource.Log.Failed(place, new IOException("No space left on device: '/var/ledger.db'"));

        Assert.Equal("System.IO.IOException: No space left on device: '/var/ledger.db'", Assert.Single(events.With(place)).Payload![1]);
    }
}
