using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Candidates;

/// <summary>Proposes changes from causes alone: for handover faults and for overload. Nothing is proposed for what no attribute of a relation can mend.</summary>
internal static class ActionProposer
{
    public static List<Candidate> Propose(SituationView view, IReadOnlyList<CauseFinding> causes)
    {
        AttributeSteps steps = new(view.Configuration, new GuardLimits(view.Question.Guards));
        List<Candidate> candidates = [];
        new HandoverProposals(steps).Propose(causes, candidates);
        new LoadProposals(view, steps).Propose(causes, candidates);
        return candidates;
    }
}
