# Fit both models with lme4 and print, as JSON, seconds of each run and what was found.
# Arguments: the folder that pupils.py wrote, and how many runs.
suppressMessages(library(lme4))
folder <- commandArgs(trailingOnly = TRUE)[1]
runs <- as.integer(commandArgs(trailingOnly = TRUE)[2])
bytes <- file.size(file.path(folder, "columns.f64"))
columns <- 13
pupils <- as.data.frame(matrix(readBin(file.path(folder, "columns.f64"), "double", bytes / 8), ncol = columns))
names(pupils) <- c("y", paste0("x", 1:11), "school")
pupils$school <- factor(pupils$school)
fixed <- paste(c("y ~ x1", paste0("x", 2:11)), collapse = " + ")
list_of <- function(numbers) paste0("[", paste(sprintf("%.17g", numbers), collapse = ", "), "]")
told <- function(random) {
  seconds <- c()
  spent <- c()
  for (run in 1:runs) {
    begun <- proc.time()
    fit <- lmer(as.formula(paste(fixed, "+", random)), data = pupils)
    taken <- proc.time() - begun
    seconds <- c(seconds, taken[["elapsed"]])
    spent <- c(spent, taken[["user.self"]] + taken[["sys.self"]])
  }
  sprintf('{"seconds": %s, "processor_seconds": %s, "fixed": %s, "covariance": %s, "residual": %.17g, "log_likelihood": %.17g}',
          list_of(seconds), list_of(spent), list_of(fixef(fit)), list_of(as.numeric(VarCorr(fit)$school)),
          sigma(fit)^2, as.numeric(logLik(fit)))
}
intercept <- told("(1 | school)")
slope <- told("(1 + x1 | school)")
status <- if (file.exists("/proc/self/status")) readLines("/proc/self/status") else character()
peak <- as.integer(gsub("[^0-9]", "", grep("^VmHWM", status, value = TRUE)))
cat(sprintf('{"version": "%s on R %s.%s", "peak_memory_mb": %s, "intercept": %s, "slope": %s}\n',
            packageVersion("lme4"), R.version$major, R.version$minor,
            if (length(peak)) round(peak / 1024) else "null", intercept, slope))
