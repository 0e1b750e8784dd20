namespace RanCognition.Tests.Optimization.Constrained;

internal static partial class ClassicalProblems
{
    /// <summary>Kannan and Kramer 1994, with thicknesses that can be any number.</summary>
    private static ClassicalProblem PressureVessel() => new("pressure vessel", [0.0625, 0.0625, 10, 10], [6.1875, 6.1875, 200, 200], 4, 5885.33277361647, (x, g) =>
    {
        g[0] = -x[0] + 0.0193 * x[2];
        g[1] = -x[1] + 0.00954 * x[2];
        g[2] = -Math.PI * x[2] * x[2] * x[3] - 4.0 / 3 * Math.PI * x[2] * x[2] * x[2] + 1296000;
        g[3] = x[3] - 240;
        return 0.6224 * x[0] * x[2] * x[3] + 1.7781 * x[1] * x[2] * x[2] + 3.1661 * x[0] * x[0] * x[3] + 19.84 * x[0] * x[0] * x[2];
    });

    /// <summary>Coello 2000.</summary>
    private static ClassicalProblem WeldedBeam() => new("welded beam", [0.1, 0.1, 0.1, 0.1], [2, 10, 10, 2], 7, 1.72485230859737, (x, g) =>
    {
        const double Load = 6000, Length = 14, Elasticity = 30e6, Shear = 12e6;
        double first = Load / (Math.Sqrt(2) * x[0] * x[1]), moment = Load * (Length + x[1] / 2), radius = Math.Sqrt(x[1] * x[1] / 4 + Square((x[0] + x[2]) / 2));
        double inertia = 2 * (Math.Sqrt(2) * x[0] * x[1] * (x[1] * x[1] / 12 + Square((x[0] + x[2]) / 2))), second = moment * radius / inertia;
        double stress = Math.Sqrt(first * first + 2 * first * second * x[1] / (2 * radius) + second * second);
        double bending = 6 * Load * Length / (x[3] * x[2] * x[2]), deflection = 4 * Load * Math.Pow(Length, 3) / (Elasticity * x[3] * Math.Pow(x[2], 3));
        double buckling = 4.013 * Elasticity * Math.Sqrt(x[2] * x[2] * Math.Pow(x[3], 6) / 36) / (Length * Length) * (1 - x[2] / (2 * Length) * Math.Sqrt(Elasticity / (4 * Shear)));
        g[0] = stress - 13600;
        g[1] = bending - 30000;
        g[2] = x[0] - x[3];
        g[3] = 0.10471 * x[0] * x[0] + 0.04811 * x[2] * x[3] * (14 + x[1]) - 5;
        g[4] = 0.125 - x[0];
        g[5] = deflection - 0.25;
        g[6] = Load - buckling;
        return 1.10471 * x[0] * x[0] * x[1] + 0.04811 * x[2] * x[3] * (14 + x[1]);
    });

    /// <summary>Belegundu 1982.</summary>
    private static ClassicalProblem TensionSpring() => new("tension spring", [0.05, 0.25, 2], [2, 1.3, 15], 4, 0.0126652327883195, (x, g) =>
    {
        double wire = x[0], coil = x[1], turns = x[2];
        g[0] = 1 - coil * coil * coil * turns / (71785 * Math.Pow(wire, 4));
        g[1] = (4 * coil * coil - wire * coil) / (12566 * (coil * Math.Pow(wire, 3) - Math.Pow(wire, 4))) + 1 / (5108 * wire * wire) - 1;
        g[2] = 1 - 140.45 * wire / (coil * coil * turns);
        g[3] = (wire + coil) / 1.5 - 1;
        return (turns + 2) * coil * wire * wire;
    });

    /// <summary>Golinski 1970.</summary>
    private static ClassicalProblem SpeedReducer() => new("speed reducer", [2.6, 0.7, 17, 7.3, 7.3, 2.9, 5.0], [3.6, 0.8, 28, 8.3, 8.3, 3.9, 5.5], 11, 2994.4710661468, (x, g) =>
    {
        g[0] = 27 / (x[0] * x[1] * x[1] * x[2]) - 1;
        g[1] = 397.5 / (x[0] * x[1] * x[1] * x[2] * x[2]) - 1;
        g[2] = 1.93 * Math.Pow(x[3], 3) / (x[1] * x[2] * Math.Pow(x[5], 4)) - 1;
        g[3] = 1.93 * Math.Pow(x[4], 3) / (x[1] * x[2] * Math.Pow(x[6], 4)) - 1;
        g[4] = Math.Sqrt(Square(745 * x[3] / (x[1] * x[2])) + 16.9e6) / (110 * Math.Pow(x[5], 3)) - 1;
        g[5] = Math.Sqrt(Square(745 * x[4] / (x[1] * x[2])) + 157.5e6) / (85 * Math.Pow(x[6], 3)) - 1;
        g[6] = x[1] * x[2] / 40 - 1;
        g[7] = 5 * x[1] / x[0] - 1;
        g[8] = x[0] / (12 * x[1]) - 1;
        g[9] = (1.5 * x[5] + 1.9) / x[3] - 1;
        g[10] = (1.1 * x[6] + 1.9) / x[4] - 1;
        return 0.7854 * x[0] * x[1] * x[1] * (3.3333 * x[2] * x[2] + 14.9334 * x[2] - 43.0934) - 1.508 * x[0] * (x[5] * x[5] + x[6] * x[6]) + 7.4777 * (Math.Pow(x[5], 3) + Math.Pow(x[6], 3))
            + 0.7854 * (x[3] * x[5] * x[5] + x[4] * x[6] * x[6]);
    });

    /// <summary>Hock and Schittkowski 1981, problem 71, its equation exact to 1e-6.</summary>
    private static ClassicalProblem HockSchittkowski71() => new("HS71", Repeat(1, 4), Repeat(5, 4), 3, 17.0140172891563, (x, g) =>
    {
        double squares = x[0] * x[0] + x[1] * x[1] + x[2] * x[2] + x[3] * x[3] - 40;
        g[0] = 25 - x[0] * x[1] * x[2] * x[3];
        g[1] = squares - 1e-6;
        g[2] = -squares - 1e-6;
        return x[0] * x[3] * (x[0] + x[1] + x[2]) + x[2];
    });

    /// <summary>Hock and Schittkowski 1981, problem 43.</summary>
    private static ClassicalProblem RosenSuzuki() => new("HS43", Repeat(-5, 4), Repeat(5, 4), 3, -44, (x, g) =>
    {
        double a = x[0], b = x[1], c = x[2], d = x[3];
        g[0] = a * a + b * b + c * c + d * d + a - b + c - d - 8;
        g[1] = a * a + 2 * b * b + c * c + 2 * d * d - a - d - 10;
        g[2] = 2 * a * a + b * b + c * c + 2 * a - b - d - 5;
        return a * a + b * b + 2 * c * c + d * d - 5 * a - 5 * b - 21 * c + 7 * d;
    });
}
