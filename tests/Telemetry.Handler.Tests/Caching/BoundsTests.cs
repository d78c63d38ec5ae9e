using System.Runtime.CompilerServices;
using System.Text;
using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Segments;
using Xunit;

namespace Telemetry.Handler.Tests.Caching;

/// <summary>What following conversations takes. Alone, since memory is counted for the whole process.</summary>
[Collection(nameof(BoundsTests))]
[CollectionDefinition(nameof(BoundsTests), DisableParallelization = true)]
public sealed class BoundsTests
{
    private const int Live = 10_000;
    private const long MaxBytes = 64 * 1024 * 1024;

    [Fact]
    public void Ten_thousand_live_conversations_take_less_than_64_MB_and_none_is_forgotten()
    {
        // What is left of other tests may go at any time: so the same memory is looked at with and then without, not before and after.
        var bytes = MemoryWithAllFollowed() - Memory();

        TestContext.Current.SendDiagnosticMessage($"{bytes / 1e6:0.0} MB for {Live} conversations");
        Assert.InRange(bytes, 1, MaxBytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long MemoryWithAllFollowed()
    {
        var forecaster = new CacheForecaster(new CacheOptions(), PriceBook.Default);
        var prompts = new Prompts(forecaster);
        for (var turn = 0; turn < 3; turn++)
        {
            Round(forecaster, prompts, turn, expectPrevious: turn > 0);
        }

        var bytes = Memory();
        GC.KeepAlive(forecaster);
        return bytes;
    }

    private static long Memory()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    [Fact]
    public void Many_threads_may_follow_calls_at_once()
    {
        var forecaster = new CacheForecaster(new CacheOptions { CallBytes = 200_000, Entries = 500, PrintBytes = 50_000 }, PriceBook.Default);

        Parallel.For(0, 8, thread =>
        {
            var prompts = new Prompts(forecaster);
            for (var i = 0; i < 300; i++)
            {
                var forecast = forecaster.Forecast(prompts.Of((thread * 7) + (i % 50), i / 50, (ulong)((thread * 1_000) + i)), new CacheMoment(i, i));
                Assert.NotNull(forecast);
                forecaster.Begun(forecast);
                forecaster.Diagnose(forecast, Prompts.UsageOf(forecast));
            }
        });
    }

    [Fact]
    public void A_call_allocates_little_whatever_the_length_of_its_history()
    {
        var forecaster = new CacheForecaster(new CacheOptions(), PriceBook.Default);
        var prompts = new Prompts(forecaster);
        var turn = 0;

        var bytes = Allocations.Of(() =>
        {
            var request = prompts.Of(1, 40 + turn, (ulong)++turn);
            var forecast = forecaster.Forecast(request, new CacheMoment(turn, turn));
            forecaster.Begun(forecast!);
            forecaster.Diagnose(forecast!, Prompts.UsageOf(forecast!));
        });

        Assert.InRange(bytes, 1, 16_384);
    }

    private static void Round(CacheForecaster forecaster, Prompts prompts, int turn, bool expectPrevious)
    {
        for (var i = 0; i < Live; i++)
        {
            var ticks = ((turn * Live) + i) * TimeSpan.TicksPerMillisecond;
            var forecast = forecaster.Forecast(prompts.Of(i, 10 + turn, (ulong)((turn * Live) + i + 1)), new CacheMoment(ticks, ticks));
            Assert.NotNull(forecast);
            Assert.Equal(expectPrevious, forecast.Previous is not null);
            forecaster.Begun(forecast);
            forecaster.Diagnose(forecast, Prompts.UsageOf(forecast));
        }
    }

    /// <summary>Prompts made without bodies: forty shared segments, then two for each turn.</summary>
    private sealed class Prompts(CacheForecaster forecaster)
    {
        private readonly SegmentedPrompt _prompt = new();
        private readonly ISegmentCounter _prints = forecaster.Prints.Over(null);
        private readonly byte[] _text = new byte[400];

        public CacheRequest Of(int conversation, int turns, ulong call)
        {
            _prompt.Clear();
            for (var i = 0; i < 40; i++)
            {
                Add(i < 39 ? CacheLevel.Tools : CacheLevel.System, -1, i, i, SegmentRole.None);
            }

            for (var i = 0; i < (2 * turns) + 1; i++)
            {
                Add(CacheLevel.Messages, i, 0, 1_000 + (conversation * 1_000) + i, i % 2 == 0 ? SegmentRole.User : SegmentRole.Assistant);
            }

            _prompt.Messages = (2 * turns) + 1;
            _prompt.Automatic = CacheLifetime.FiveMinutes;
            return new CacheRequest
            {
                Call = new CallId(call),
                Scope = new CacheScope(Provider.Anthropic, 1, null, "claude-sonnet-5"),
                Parameters = default,
                Prompt = _prompt,
            };
        }

        public static TokenUsage UsageOf(CacheForecast forecast) => new()
        {
            InputTokens = forecast.UncachedTokens,
            CacheReadInputTokens = forecast.ReadTokens,
            CacheCreationInputTokens = forecast.Write5mTokens + forecast.Write1hTokens,
        };

        private void Add(CacheLevel level, int message, int block, int content, SegmentRole role)
        {
            Encoding.UTF8.TryGetBytes($"{content:D10}", _text, out _);
            var kind = level == CacheLevel.Tools ? SegmentKind.Tool : SegmentKind.Text;
            var segment = new Segment
            {
                Level = level,
                Kind = kind,
                Role = role,
                Message = message,
                Block = block,
                Start = 0,
                Length = _text.Length,
                TextLength = _text.Length,
                Hash = new UInt128((ulong)(content + 1) * 0x9E3779B97F4A7C15, (ulong)(content + 1) * 0xD6E8FEB86659FD93),
            };
            _prints.Count(segment, _text);
            _prompt.Segments.Add(segment);
        }
    }
}
