using RanCognition.Temporal.Logic;

namespace RanCognition.Cognition.Targets;

/// <summary>A formula prepared to be judged on one value of each metric, as a list of steps over a stack; judging allocates nothing.</summary>
/// <remarks>
/// The one value stands for every sample of the window: always(f), eventually(f) and (g until f) are f, and a statistic is the value itself, as the temporal logic has it for a path of one sample.
/// A standard deviation of one value says nothing: it is not known. A rate is |value - value before| over the time between. Truths are signed distances to violation, see <see cref="Robustness"/>.
/// </remarks>
internal sealed class TargetPlan
{
    private readonly TargetStep[] _steps;
    private readonly int _depth;   // of the stack

    private TargetPlan(List<TargetStep> steps)
    {
        _steps = steps.ToArray();
        List<int> references = [];
        int height = 0;
        foreach (TargetStep step in _steps)
        {
            height += step.Kind switch
            {
                TargetStepKind.And or TargetStepKind.Or => -1,
                TargetStepKind.Not or TargetStepKind.During => 0,
                _ => 1,
            };
            _depth = Math.Max(_depth, height);
            if (step.Kind <= TargetStepKind.Unknown && !references.Contains(step.Reference))
            {
                references.Add(step.Reference);
            }
        }
        References = references.ToArray();
    }

    /// <summary>Places of the metrics and quotients that it reads, each once.</summary>
    public int[] References { get; }

    /// <param name="formula">What is judged.</param>
    /// <param name="references">Metrics and quotients; those of the formula are added where they are missing.</param>
    public static TargetPlan Of(Formula formula, List<MetricReference> references)
    {
        List<TargetStep> steps = [];
        Add(formula, references, steps);
        return new TargetPlan(steps);
    }

    /// <summary>Signed distance to violation, NaN when a value that decides is not known.</summary>
    /// <param name="values">In the order of the references; NaN where not known.</param>
    /// <param name="before">Values before, in the same order; empty = not known.</param>
    /// <param name="seconds">Time between the two.</param>
    /// <param name="timeNs">Moment of the values.</param>
    /// <param name="outside">Truth of what speaks of other moments.</param>
    public double Evaluate(ReadOnlySpan<double> values, ReadOnlySpan<double> before, double seconds, ulong timeNs, double outside)
    {
        Span<double> stack = stackalloc double[_depth];
        int top = -1;
        foreach (TargetStep step in _steps)
        {
            switch (step.Kind)
            {
                case TargetStepKind.Value:
                    stack[++top] = Robustness.Compare(values[step.Reference], step.Operator, step.Limit);
                    break;
                case TargetStepKind.Rate:
                    stack[++top] = before.IsEmpty || !(seconds > 0)
                        ? double.NaN
                        : Robustness.Compare(MetricReader.Rate(before[step.Reference], values[step.Reference], seconds), step.Operator, step.Limit);
                    break;
                case TargetStepKind.Unknown:
                    stack[++top] = double.NaN;
                    break;
                case TargetStepKind.Not:
                    stack[top] = -stack[top];
                    break;
                case TargetStepKind.And:
                    top--;
                    stack[top] = Robustness.And(stack[top], stack[top + 1]);
                    break;
                case TargetStepKind.Or:
                    top--;
                    stack[top] = Robustness.Or(stack[top], stack[top + 1]);
                    break;
                default:
                    stack[top] = timeNs >= step.StartNs && timeNs <= step.EndNs ? stack[top] : outside;
                    break;
            }
        }
        return stack[0];
    }

    private static void Add(Formula formula, List<MetricReference> references, List<TargetStep> steps)
    {
        switch (formula)
        {
            case Comparison comparison:
                steps.Add(Compare(comparison, references));
                break;
            case Negation negation:
                Add(negation.Term, references, steps);
                steps.Add(new TargetStep { Kind = TargetStepKind.Not });
                break;
            case Implication implication:
                Add(implication.Premise, references, steps);
                steps.Add(new TargetStep { Kind = TargetStepKind.Not });
                Add(implication.Conclusion, references, steps);
                steps.Add(new TargetStep { Kind = TargetStepKind.Or });
                break;
            case UntilFormula until:
                Add(until.Release, references, steps);
                break;
            case DuringFormula during:
                Add(during.Term, references, steps);
                steps.Add(new TargetStep { Kind = TargetStepKind.During, StartNs = during.StartNs, EndNs = during.EndNs });
                break;
            case Junction junction:
                for (int i = 0; i < junction.Terms.Count; i++)
                {
                    Add(junction.Terms[i], references, steps);
                    if (i > 0)
                    {
                        steps.Add(new TargetStep { Kind = junction.IsAnd ? TargetStepKind.And : TargetStepKind.Or });
                    }
                }
                break;
            default:
                Add(((WindowedFormula)formula).Term, references, steps);
                break;
        }
    }

    private static TargetStep Compare(Comparison comparison, List<MetricReference> references)
    {
        int reference = references.IndexOf(comparison.Operand.Metric);
        if (reference < 0)
        {
            reference = references.Count;
            references.Add(comparison.Operand.Metric);
        }
        return new TargetStep
        {
            Kind = comparison.Operand.Kind switch
            {
                OperandKind.Rate => TargetStepKind.Rate,
                OperandKind.StandardDeviation => TargetStepKind.Unknown,
                _ => TargetStepKind.Value,
            },
            Reference = reference,
            Operator = comparison.Operator,
            Limit = comparison.Limit,
        };
    }
}
