using System.Collections.Concurrent;
using MessagesSimulator.Replies;

namespace MessagesSimulator.Scripting;

/// <summary>What happens to the next requests, in the order in which they arrive. When it is used up, all goes as usual.</summary>
public sealed class Script
{
    private readonly ConcurrentQueue<ScriptStep> _steps = new();

    /// <summary>The steps that no request has taken yet.</summary>
    public int Remaining => _steps.Count;

    /// <summary>Adds a step.</summary>
    /// <param name="step">The step.</param>
    /// <returns>This script.</returns>
    public Script Next(ScriptStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        _steps.Enqueue(step);
        return this;
    }

    /// <summary>Adds a step: the model says this.</summary>
    /// <param name="reply">What it says.</param>
    /// <param name="pace">How fast.</param>
    /// <returns>This script.</returns>
    public Script Next(Reply reply, StreamPace? pace = null) => Next(new ScriptStep(Reply: reply, Pace: pace));

    /// <summary>Adds a step: this goes wrong.</summary>
    /// <param name="fault">What goes wrong.</param>
    /// <param name="pace">How fast the answer comes before it does.</param>
    /// <returns>This script.</returns>
    public Script Next(Fault fault, StreamPace? pace = null) => Next(new ScriptStep(Fault: fault, Pace: pace));

    internal ScriptStep Take() => _steps.TryDequeue(out var step) ? step : new ScriptStep();
}
