using System.Text.Json;
using RanCognition.Contracts;
using RanCognition.Modules;

namespace RanCognition.Tests.Cognition;

/// <summary>A host that stops a decision has decided nothing, at whichever report it does so; the last one comes when its own model was asked for the last time.</summary>
public class CancelledDecisionTests
{
    private static readonly byte[] Problem = """
        {"current_state":{"DRB.UEThpDl":10},"objectives":["maximize DRB.UEThpDl"],"configuration":{"NRCellDU=1":{"digitalTilt":30},"NRCellDU=2":{"digitalTilt":30}},
         "candidates":[[{"managedObject":"NRCellDU=1","attribute":"digitalTilt","after":40}],
                       [{"managedObject":"NRCellDU=1","attribute":"digitalTilt","after":32},{"managedObject":"NRCellDU=2","attribute":"digitalTilt","after":32}]]}
        """u8.ToArray();

    private static bool Model(ReadOnlySpan<byte> question, Span<double> values)
    {
        values.Fill(10 + (5 * question.Count("NRCellDU=2"u8)));
        return true;
    }

    [Fact]
    public void Cancelled_at_any_report_it_leaves_nothing()
    {
        FixedHost patient = new();
        using CognitiveSession done = new(new CognitiveOptions { Seed = 1 }, patient);
        done.DecideWith(Problem, default, Model);
        Assert.True(patient.Reports.Count >= 3);
        for (int after = 0; after < patient.Reports.Count; after++)
        {
            FixedHost host = new() { CancelAfter = after };
            using CognitiveSession session = new(new CognitiveOptions { Seed = 1 }, host);
            Assert.Throws<OperationCanceledException>(() => session.DecideWith(Problem, default, Model));
            Assert.Equal(after + 1, host.Reports.Count);
            Assert.Equal(0, Decisions(session));
        }
    }

    [Fact]
    public void The_last_report_comes_after_the_last_question()
    {
        foreach (string problem in new[] { System.Text.Encoding.UTF8.GetString(Problem), """{"current_state":{"a":1},"constraints":["a <= 2"]}""" })
        {
            FixedHost host = new();
            using CognitiveSession session = new(new CognitiveOptions { Seed = 1 }, host);
            int questions = 0;
            int reportsBefore = 0;
            session.DecideWith(System.Text.Encoding.UTF8.GetBytes(problem), default, (question, values) =>
            {
                questions++;
                reportsBefore = host.Reports.Count;
                return Model(question, values);
            });
            Assert.True(questions > 0);
            Assert.True(host.Reports.Count > reportsBefore);
            Assert.Equal(1, host.Reports[^1].Fraction);
        }
    }

    private static int Decisions(CognitiveSession session) => JsonDocument.Parse(session.GetState()).RootElement.GetProperty("decisions").GetProperty("TOTAL").GetInt32();
}
