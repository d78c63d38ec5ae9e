using Telemetry.Handler;

namespace Snippets;

/// <summary>Labels for the calls of a stretch of code.</summary>
internal static class Labels
{
    public static async Task Run(Func<Task> answerTicket)
    {
        // snippet: labels
        using (CallContext.Begin(session: "ticket-4711", tags: new Dictionary<string, string> { ["team"] = "support" }))
        {
            await answerTicket(); // every call in here carries the labels, also from tasks that start here
        }
        // end of snippet
    }
}
