using RanCognition.Contracts;

namespace RanCognition.StrangeLoop.FixedPoints;

/// <summary>Whether a request for a fixed point can be used.</summary>
internal static class FixedPointChecks
{
    public static void Check(FixedPointRequest request, int dimension, string argument)
    {
        if (dimension > StrangeLoopLimits.DimensionMax)
        {
            throw new LimitExceededException(argument, FormattableString.Invariant($"{dimension} variables, at most {StrangeLoopLimits.DimensionMax}"));
        }
        if (dimension < 1)
        {
            InvalidInputException.Throw(argument, "the map has no variable");
        }
        if (!(request.Tolerance >= 0) || !double.IsFinite(request.Tolerance))
        {
            InvalidInputException.Throw(argument + "/tolerance", "must be a finite number, 0 or more");
        }
        if (request.MaxIterations is < 1 or > StrangeLoopLimits.IterationsMax)
        {
            InvalidInputException.Throw(argument + "/max_iterations", FormattableString.Invariant($"is {request.MaxIterations}, must be 1..{StrangeLoopLimits.IterationsMax}"));
        }
        if (request.AndersonDepth is < 1 or > StrangeLoopLimits.AndersonDepthMax)
        {
            InvalidInputException.Throw(argument + "/anderson_depth", FormattableString.Invariant($"is {request.AndersonDepth}, must be 1..{StrangeLoopLimits.AndersonDepthMax}"));
        }
        if (request.X0 is { } start)
        {
            CheckVector(start, dimension, argument + "/x0", null);
        }
        if (request.Jacobian is { } jacobian)
        {
            string place = argument + "/jacobian";
            if (jacobian.Count != dimension)
            {
                InvalidInputException.Throw(place, FormattableString.Invariant($"has {jacobian.Count} rows, the map has {dimension} variables"));
            }
            for (int i = 0; i < dimension; i++)
            {
                CheckVector(jacobian[i], dimension, place, i);
            }
        }
    }

    private static void CheckVector(double[] values, int dimension, string place, int? row)
    {
        if (values.Length != dimension)
        {
            InvalidInputException.Throw(Place(), FormattableString.Invariant($"has {values.Length} numbers, the map has {dimension} variables"));
        }
        for (int i = 0; i < dimension; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                InvalidInputException.Throw(FormattableString.Invariant($"{Place()}/{i}"), "must be finite");
            }
        }

        string Place() => row is null ? place : FormattableString.Invariant($"{place}/{row}");
    }
}
