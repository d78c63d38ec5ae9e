namespace Telemetry.Handler.Estimating.Calibrating;

/// <summary>
/// The last measured calls of one model, and the correction that fits them best: least sum of relative errors, found one
/// parameter at a time as a weighted median. The shipped constants take part as if they had been measured too, so that a few
/// odd calls move nothing, and a few calls that agree move all. For one thread at a time.
/// </summary>
internal sealed class ModelHistory
{
    /// <summary>The calls that are kept.</summary>
    public const int Kept = 48;

    /// <summary>The calls that an error is told from.</summary>
    public const int FewestForError = 8;

    private const int Rounds = 3;
    private const int Parameters = 6;
    private const int Factors = 4;
    private const double LeastFactor = 0.6;
    private const double MostFactor = 1.7;
    private const double LeastAdded = -700;
    private const double MostAdded = 50_000;

    // Content is off by a factor of its own; only what is beyond it speaks for a constant.
    private const double NoiseOfContent = 0.08;
    private const double NoiseOfRest = 0.03;
    private const double NoiseOfTokens = 1.5;

    // How many measured calls the shipped constants weigh as much as.
    private const double PriorCalls = 1.5;

    private readonly CalibrationSample[] _samples = new CalibrationSample[Kept];
    private readonly double[] _errors = new double[Kept];
    private readonly (double Value, double Weight)[] _votes = new (double, double)[Kept + 1];
    private readonly double[] _rests = new double[Kept];
    private readonly double[] _parameters = new double[Parameters];
    private int _count;
    private int _next;

    /// <summary>What was learned so far.</summary>
    public Correction Correction { get; private set; } = Correction.None;

    /// <summary>Learns from a call.</summary>
    public void Add(in CalibrationSample sample)
    {
        _errors[_next] = Math.Abs(Correction.Total(sample) - sample.Actual) / sample.Actual;
        _samples[_next] = sample;
        _next = (_next + 1) % Kept;
        _count = Math.Min(_count + 1, Kept);
        Fit();
    }

    private void Fit()
    {
        _parameters.AsSpan(0, Factors).Fill(1);
        _parameters.AsSpan(Factors).Clear();
        for (var round = 0; round < Rounds; round++)
        {
            // What occurs once in a call is told apart from what grows with it by calls of several sizes; constants go first,
            // since they move without warning, and the tokenizer does not.
            for (var parameter = Parameters - 1; parameter >= 0; parameter--)
            {
                FitOne(parameter);
            }
        }

        Correction = new Correction(
            _parameters[0], _parameters[1], _parameters[2], _parameters[3], _parameters[4], _parameters[5], Error(), _count);
    }

    private void FitOne(int parameter)
    {
        var votes = 0;
        var weights = 0.0;
        for (var i = 0; i < _count; i++)
        {
            var sample = _samples[i];
            var share = ShareOf(sample, parameter);
            if (share > 0)
            {
                var weight = share / sample.Actual;
                var rest = Total(sample) - (share * _parameters[parameter]);
                var prior = parameter < Factors ? 1 : 0;
                var difference = ((sample.Actual - rest) / share) - prior;
                var noise = NoiseOf(sample, parameter, rest) / share;
                var vote = prior + (Math.Sign(difference) * Math.Max(0, Math.Abs(difference) - noise));
                _votes[votes++] = (vote, weight);
                weights += weight;
            }
        }

        if (votes == 0)
        {
            return;
        }

        var isFactor = parameter < Factors;
        _votes[votes] = (isFactor ? 1 : 0, PriorCalls * weights / votes);
        var middle = Middle(_votes.AsSpan(0, votes + 1));
        _parameters[parameter] = isFactor ? Math.Clamp(middle, LeastFactor, MostFactor) : Math.Clamp(middle, LeastAdded, MostAdded);
    }

    // What the rest of a call may be off by speaks for no change of this parameter.
    private static double NoiseOf(in CalibrationSample sample, int parameter, double rest) => parameter < Factors
        ? NoiseOfTokens + (NoiseOfRest * rest)
        : NoiseOfContent * (sample.Text + sample.Tools + sample.Data + sample.Media);

    private double Total(in CalibrationSample sample)
    {
        var total = sample.Overhead;
        for (var parameter = 0; parameter < Parameters; parameter++)
        {
            total += ShareOf(sample, parameter) * _parameters[parameter];
        }

        return total;
    }

    private static double ShareOf(in CalibrationSample sample, int parameter) => parameter switch
    {
        0 => sample.Text,
        1 => sample.Tools,
        2 => sample.Data,
        3 => sample.Media,
        4 => sample.HasTools ? 0 : 1,
        _ => sample.HasTools ? 1 : 0,
    };

    private static double Middle(Span<(double Value, double Weight)> votes)
    {
        votes.Sort(static (one, other) => one.Value.CompareTo(other.Value));
        var half = 0.0;
        foreach (var (_, weight) in votes)
        {
            half += weight / 2;
        }

        var sum = 0.0;
        foreach (var (value, weight) in votes)
        {
            sum += weight;
            if (sum >= half)
            {
                return value;
            }
        }

        return votes[^1].Value;
    }

    private double? Error()
    {
        if (_count < FewestForError)
        {
            return null;
        }

        var errors = _rests.AsSpan(0, _count);
        _errors.AsSpan(0, _count).CopyTo(errors);
        errors.Sort();
        return errors[(int)(0.9 * (_count - 1))];
    }
}
