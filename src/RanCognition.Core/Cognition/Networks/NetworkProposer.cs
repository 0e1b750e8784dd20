using RanCognition.Cognition.Situations;
using RanCognition.Contracts;

namespace RanCognition.Cognition.Networks;

/// <summary>Changes that the network model finds worth while.</summary>
/// <remarks>
/// Where the knobs allow no more than <see cref="WholeSearch.PointsMax"/> settings, every one is evaluated: the best by targets that hold, objective and fewest changes is among the proposals. Otherwise
/// <see cref="StepwiseSearch"/> takes a bounded number of steps. Which knobs there are says <see cref="NetworkKnobs"/>.
/// </remarks>
internal static class NetworkProposer
{
    private const string Source = "network";

    // Of pairs of users and cells: what an enumeration may look at altogether, and what steps may; 57 cells and 1500 users get 10 steps of 0.1 to 0.15 ms.
    private const long WholePairsMax = 100_000_000, StepPairs = 900_000;
    private const int StepsMin = 8, StepsMax = 400;

    // An evaluation of a change of one cell, about.
    private const double NanosecondsPerPair = 1, NanosecondsAtLeast = 2000;

    private const int OutagesMax = 16, OutageNeighbours = 6;

    /// <summary>Candidates, the best first; none when nothing helps, or the type of problem is not about what the model knows.</summary>
    /// <param name="view">The situation.</param>
    /// <param name="answers">The question's network.</param>
    /// <param name="goal">What is sought.</param>
    /// <param name="causes">What was found, to know where to begin.</param>
    public static List<Candidate> Propose(SituationView view, NetworkAnswers answers, NetworkGoal goal, IReadOnlyList<CauseFinding> causes)
    {
        NetworkTask task = NetworkTasks.Of(view.Problem.ProblemType);
        CellSpec[] present = answers.Present;
        long pairs = (long)answers.Evaluator.Users * present.Length;
        ulong nanoseconds = (ulong)(NanosecondsAtLeast + NanosecondsPerPair * pairs);
        if (task == NetworkTask.None || !view.Budget.Allows(nanoseconds))
        {
            return [];
        }
        bool[] ailing = Ailing(causes, present.Length);
        bool[]? among = null;
        if (task == NetworkTask.Outage)
        {
            among = AroundOutages(answers, causes);
        }
        List<NetworkKnob> knobs = NetworkKnobs.Of(view.Question, present, task, among);
        if (knobs.Count == 0)
        {
            return [];
        }
        var judge = new PointJudge(view, answers, goal, task);
        var dial = new NetworkDial(knobs, present);
        NetworkPoint start = judge.Judge(dial.Cells, dial.Choices, 0);
        bool isWell = start.IsFeasible && start.Unheld == 0;
        if (isWell && goal.Objective is null && (goal.Targets.Count > 0 || task == NetworkTask.Any))
        {
            return [];   // nothing more is asked for
        }
        List<NetworkPoint> points;
        long count = WholeSearch.Points(knobs);
        if (count <= WholeSearch.PointsMax && count * pairs <= WholePairsMax && view.Budget.Allows((ulong)count * nanoseconds))
        {
            points = WholeSearch.Run(knobs, dial, judge, view.Budget, nanoseconds);
        }
        else
        {
            judge.MarkCells(ailing);
            for (int cell = 0; among is not null && cell < among.Length; cell++)
            {
                ailing[cell] |= among[cell];
            }
            int steps = (int)Math.Clamp(StepPairs / pairs, StepsMin, StepsMax);
            var search = new StepwiseSearch(knobs, dial, judge, answers.Evaluator, start, view.Budget, nanoseconds, steps);
            points = Prefixes(task == NetworkTask.EnergySaving ? search.PutToSleep() : search.Improve(ailing));
        }
        return Candidates(view, answers, knobs, points);
    }

    /// <summary>The whole path, half of it, and its first step.</summary>
    private static List<NetworkPoint> Prefixes(List<NetworkPoint> path)
    {
        List<NetworkPoint> chosen = [];
        int half = (path.Count + 1) / 2;
        for (int length = path.Count; length >= 1; length--)
        {
            if (length == path.Count || length == half || length == 1)
            {
                chosen.Add(path[length - 1]);
            }
        }
        return chosen;
    }

    private static List<Candidate> Candidates(SituationView view, NetworkAnswers answers, List<NetworkKnob> knobs, List<NetworkPoint> points)
    {
        List<Candidate> candidates = [];
        foreach (NetworkPoint point in points)
        {
            if (point.Changes == 0)
            {
                continue;
            }
            List<ConfigurationChange> actions = [];
            for (int i = 0; i < knobs.Count; i++)
            {
                NetworkKnob knob = knobs[i];
                if (point.Choices[i] == knob.Present)
                {
                    continue;
                }
                string managedObject = ManagedObjects.Cell(knob.Cell + 1);
                MetadataValue before = view.Configuration.Given(managedObject, knob.Attribute) ?? CellAttributes.Written(knob.Attribute, CellAttributes.Of(answers.Present[knob.Cell], knob.Attribute));
                actions.Add(new ConfigurationChange(managedObject, knob.Attribute, before, CellAttributes.Written(knob.Attribute, knob.Values[point.Choices[i]])));
            }
            candidates.Add(new Candidate(Source, actions));
        }
        return candidates;
    }

    /// <summary>Cells that causes other than health are found at.</summary>
    private static bool[] Ailing(IReadOnlyList<CauseFinding> causes, int cells)
    {
        bool[] ailing = new bool[cells];
        foreach (CauseFinding cause in causes)
        {
            int cell = cause.Name is CauseNames.Healthy or CauseNames.Unknown ? -1 : CellAttributes.CellOf(cause.ManagedObject, cells);
            if (cell >= 0)
            {
                ailing[cell] = true;
            }
        }
        return ailing;
    }

    /// <summary>Neighbours of cells that are off or found out of service; null when there is no such cell.</summary>
    private static bool[]? AroundOutages(NetworkAnswers answers, IReadOnlyList<CauseFinding> causes)
    {
        CellSpec[] present = answers.Present;
        bool[] isOut = new bool[present.Length], around = new bool[present.Length];
        int count = 0;
        foreach (CauseFinding cause in causes)
        {
            if (cause.Name == CauseNames.Outage && CellAttributes.CellOf(cause.ManagedObject, present.Length) is var cell and >= 0 && !isOut[cell] && count < OutagesMax)
            {
                isOut[cell] = true;
                count++;
            }
        }
        for (int cell = 0; cell < present.Length && count < OutagesMax; cell++)
        {
            if (!present[cell].On && !isOut[cell])
            {
                isOut[cell] = true;
                count++;
            }
        }
        if (count == 0)
        {
            return null;
        }
        for (int cell = 0; cell < present.Length; cell++)
        {
            if (isOut[cell])
            {
                answers.Evaluator.Set(present);
                foreach (int other in CellNeighbours.Of(answers.Evaluator, cell, OutageNeighbours))
                {
                    around[other] |= !isOut[other];
                }
            }
        }
        return around;
    }
}
