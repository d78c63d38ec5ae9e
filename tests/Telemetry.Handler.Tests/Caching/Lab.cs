using CostLedger.Pricing;
using CostLedger.Records;
using Telemetry.Handler.Caching;
using Telemetry.Handler.Caching.Diagnosing;
using Telemetry.Handler.Caching.Forecasting;
using Telemetry.Handler.Requests;
using Telemetry.Handler.Segments;
using Telemetry.Handler.Segments.Reading;
using Xunit;

namespace Telemetry.Handler.Tests.Caching;

/// <summary>A forecaster, a provider and a clock.</summary>
internal sealed class Lab : IDisposable
{
    private readonly SegmentHasher _hasher = new("a key of thirty-two bytes, or so."u8);
    private readonly SegmentReader _reader;
    private readonly ISegmentCounter _prints;
    private readonly SegmentedPrompt _prompt = new();
    private ulong _calls;

    public Lab(CacheOptions? options = null)
    {
        _reader = new SegmentReader(_hasher);
        Forecaster = new CacheForecaster(options ?? new CacheOptions(), PriceBook.Default);
        _prints = Forecaster.Prints.Over(null);
    }

    public CacheForecaster Forecaster { get; }

    public PlainProvider Provider { get; } = new();

    public TimeSpan Time { get; private set; } = TimeSpan.FromDays(1);

    /// <summary>What the calendar's clock is wrong by.</summary>
    public TimeSpan Skew { get; set; }

    public CacheMoment Now => new(Time.Ticks, (Time + Skew).Ticks);

    public void Pass(TimeSpan time) => Time += time;

    public void PassMinutes(double minutes) => Pass(TimeSpan.FromMinutes(minutes));

    public CacheForecast Ask(Draft draft, UInt128 conversation = default)
    {
        var body = draft.ToBytes();
        _reader.Read(body, _prompt, _prints);
        var forecast = Forecaster.Forecast(RequestOf(draft, body, conversation), Now);
        Assert.NotNull(forecast);
        return forecast;
    }

    public (CacheForecast Forecast, CacheDiagnosis? Diagnosis, TokenUsage Usage) Send(Draft draft, UInt128 conversation = default)
    {
        var forecast = Ask(draft, conversation);
        var usage = Provider.Answer(draft, Time);
        Forecaster.Begun(forecast);
        return (forecast, Forecaster.Diagnose(forecast, usage), usage);
    }

    /// <summary>The forecast of a body as it is.</summary>
    public static CacheForecast? ForecastOf(Lab lab, string body)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body);
        lab._reader.Read(bytes, lab._prompt, lab._prints);
        return lab.Forecaster.Forecast(lab.RequestOf(new Draft(), bytes, default), lab.Now);
    }

    public void Dispose()
    {
        _reader.Dispose();
        _hasher.Dispose();
    }

    private CacheRequest RequestOf(Draft draft, byte[] body, UInt128 conversation) => new()
    {
        Call = new CallId(++_calls),
        Scope = new CacheScope(CostLedger.Records.Provider.Anthropic, draft.Workspace, draft.Location, draft.Model),
        Parameters = CacheParametersReader.Read(RequestSnapshot.Read(body), draft.Betas, _prompt, body),
        Prompt = _prompt,
        Conversation = conversation,
    };
}
