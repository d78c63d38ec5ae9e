using System.Diagnostics.Tracing;
using Telemetry.Handler.Diagnostics;
using Xunit;

namespace Telemetry.Handler.Tests.Diagnostics;

public sealed class HandlerEventSourceTests
{
    [Fact]
    public void The_manifest_is_sound() =>
        Assert.NotNull(EventSource.GenerateManifest(typeof(HandlerEventSource), null, EventManifestOptions.Strict));

    [Fact]
    public void A_failure_is_counted_and_told()
    {
        using var listener = new Listener();
        var before = OwnFailures.Failures;

        Assert.True(Quietly.Swallow(new InvalidOperationException("told to listeners")));

        Assert.True(OwnFailures.Failures > before);
        Assert.Contains(listener.Payloads, payload => payload.Contains("told to listeners", StringComparison.Ordinal));
    }

    private sealed class Listener : EventListener
    {
        private readonly List<string> _payloads = [];

        public string[] Payloads
        {
            get
            {
                lock (_payloads)
                {
                    return [.. _payloads];
                }
            }
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Telemetry-Handler")
            {
                EnableEvents(eventSource, EventLevel.Verbose);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            lock (_payloads)
            {
                _payloads.AddRange(eventData.Payload?.OfType<string>() ?? []);
            }
        }
    }
}
