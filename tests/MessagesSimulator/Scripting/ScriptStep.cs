using MessagesSimulator.Replies;

namespace MessagesSimulator.Scripting;

/// <summary>What happens to one request. What is null happens as usual.</summary>
/// <param name="Reply">What the model says.</param>
/// <param name="Fault">What goes wrong.</param>
/// <param name="Pace">How fast the answer comes.</param>
/// <param name="Gate">What the answer waits for before it begins.</param>
public sealed record ScriptStep(Reply? Reply = null, Fault? Fault = null, StreamPace? Pace = null, AnswerGate? Gate = null);
