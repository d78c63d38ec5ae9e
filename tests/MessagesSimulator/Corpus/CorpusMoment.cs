namespace MessagesSimulator.Corpus;

/// <summary>A moment of a case: a request starts, or its answer begins.</summary>
/// <param name="At">When, from the start of the case.</param>
/// <param name="Request">Which of the requests.</param>
/// <param name="IsStart">Whether it starts; else its answer begins.</param>
public sealed record CorpusMoment(TimeSpan At, int Request, bool IsStart)
{
    /// <summary>All moments in their order.</summary>
    /// <param name="requests">The requests.</param>
    /// <returns>Twice as many moments; a request that starts when an answer begins comes after it.</returns>
    public static IReadOnlyList<CorpusMoment> Of(IReadOnlyList<CorpusRequest> requests) =>
    [
        .. requests
            .SelectMany((request, number) => (CorpusMoment[])
            [
                new(request.At, number, IsStart: true), new(request.At + request.AnswerAfter, number, IsStart: false),
            ])
            .OrderBy(moment => moment.At)
            .ThenBy(moment => moment.IsStart),
    ];
}
