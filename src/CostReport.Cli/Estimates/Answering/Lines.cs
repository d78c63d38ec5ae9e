using CostReport.Cli.Arguments;
using CostReport.Cli.Estimates.Inputs;

namespace CostReport.Cli.Estimates.Answering;

/// <summary>Answers a file of lines, each a request, one after the other.</summary>
internal static class Lines
{
    /// <summary>The answers, in the order of the lines. Lines without text have none; a line that holds a HAR file or a batch has several.</summary>
    public static IEnumerable<EstimateAnswer> Answers(Stream stream, RequestEstimator estimator)
    {
        var lines = new LineReader(stream);
        var isEmpty = true;
        while (lines.TryRead(out var line))
        {
            var text = line.Span.Trim(" \t\r"u8);
            if (text.IsEmpty)
            {
                continue;
            }

            isEmpty = false;
            if (lines.Number == 1 && IsOpening(text))
            {
                throw UserError.Usage("is one document of many lines; leave --jsonl out, or put each request on a line: jq -c . FILE | costreport estimate --jsonl -");
            }

            foreach (var answer in OfLine(line, lines.Number, estimator))
            {
                yield return answer;
            }
        }

        if (isEmpty)
        {
            throw UserError.Usage("is empty: give a request on each line");
        }
    }

    // A pretty-printed document begins with a line of its own for the brace.
    private static bool IsOpening(ReadOnlySpan<byte> text) => text is [(byte)'{'] or [(byte)'['];

    private static IEnumerable<EstimateAnswer> OfLine(ReadOnlyMemory<byte> line, long number, RequestEstimator estimator)
    {
        List<FoundRequest> requests;
        UserError error;
        try
        {
            requests = [.. RequestFinder.Find(line)];
            return requests.Select(request => estimator.Answer(request, number));
        }
        catch (UserError caught)
        {
            error = new UserError(caught.Code, $"the line {caught.Message}");
        }

        return [new EstimateAnswer { Line = number, Error = error }];
    }
}
